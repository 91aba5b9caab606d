package org.mailflow.core.mime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Takes the header of a mail in, line by line (RFC 5322, 2.2): leaves fields of certain names out, and remembers the Received
 * fields. Every other byte is handed on as it came; the body, and the headers of parts in it, are not looked at. A field is left
 * out with all its folded lines, and also where some program would read the name only if it were lenient: with blanks before
 * the colon, or without a colon.
 */
public final class HeaderIntake {

    private static final String RECEIVED = "received";
    /** More hops than any limit allows. */
    private static final int FIELDS = 100;
    /** What matters of a Received field is its beginning. */
    private static final int FIELD = 4_096;

    private static final byte[] LINE_END = "\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final Pattern NOT_PRINTABLE = Pattern.compile("[^\\x21-\\x7E]");

    private final Predicate<String> leftOut;
    private final List<StringBuilder> received = new ArrayList<>();
    private boolean over;
    private boolean midLine;
    private boolean inField;
    private boolean leavesOut;
    private boolean inReceived;

    /** Leaves out the fields whose names the predicate holds of. */
    public HeaderIntake(Predicate<String> leftOut) {
        this.leftOut = leftOut;
    }

    /**
     * Takes the next line.
     *
     * @param line with its line end; a part of a line where the line is too long to be handed over at once
     * @return what to hand on in its place
     */
    public List<byte[]> take(byte[] line) {
        if (line.length == 0) {
            return List.of(line);
        }
        boolean goesOn = midLine;
        midLine = line[line.length - 1] != '\n';
        if (over) {
            return List.of(line);
        }
        if (goesOn) {
            return inField(line);
        }
        if (isEmpty(line)) {
            over = true;
            return List.of(line);
        }
        if (line[0] == ' ' || line[0] == '\t') {
            return inField ? inField(line) : bodyAtOnce(line);
        }
        return begin(line);
    }

    /** A first line that is folded would be one with the field that this server writes before it. */
    private List<byte[]> bodyAtOnce(byte[] line) {
        over = true;
        return List.of(LINE_END, line);
    }

    private List<byte[]> begin(byte[] line) {
        String name = name(line);
        inField = true;
        leavesOut = leftOut.test(name) || leftOut.test(printable(name));
        inReceived = !leavesOut && name.toLowerCase(Locale.ROOT).equals(RECEIVED) && received.size() < FIELDS;
        if (inReceived) {
            received.add(new StringBuilder());
        }
        return inField(line);
    }

    private List<byte[]> inField(byte[] line) {
        if (leavesOut) {
            return List.of();
        }
        if (inReceived) {
            StringBuilder field = received.get(received.size() - 1);
            String text = new String(line, StandardCharsets.ISO_8859_1);
            field.append(text, 0, Math.min(text.length(), Math.max(0, FIELD - field.length())));
        }
        return List.of(line);
    }

    /** As lenient as any reader: in UTF-8, without blanks on either side, colon or not. */
    private static String name(byte[] line) {
        int colon = 0;
        while (colon < line.length && line[colon] != ':') {
            colon++;
        }
        return new String(line, 0, colon, StandardCharsets.UTF_8).trim();
    }

    /** Without what no reader shows: byte order marks, blanks of other scripts, soft hyphens, wherever they are. */
    private static String printable(String name) {
        return NOT_PRINTABLE.matcher(name).replaceAll("");
    }

    private static boolean isEmpty(byte[] line) {
        return line[0] == '\n' || (line.length > 1 && line[0] == '\r' && line[1] == '\n');
    }

    /** Whether the header is over. */
    public boolean isOver() {
        return over;
    }

    /** The values of the Received fields that were handed on so far, from the top, folded as they came. */
    public List<String> received() {
        return received.stream()
                .map(field -> field.substring(field.indexOf(":") + 1))
                .toList();
    }
}
