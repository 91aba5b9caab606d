package org.mailflow.core.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

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

    private final Predicate<String> leftOut;
    private final Predicate<String> dependsOnValue;
    private final Predicate<RawField> leftOutAsAWhole;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private final List<StringBuilder> received = new ArrayList<>();
    private boolean over;
    private boolean midLine;
    private boolean inField;
    private boolean leavesOut;
    private boolean inReceived;
    private boolean holds;
    private boolean nameIsOpen;
    private boolean ambiguous;

    /** Leaves out the fields whose names the predicate holds of. */
    public HeaderIntake(Predicate<String> leftOut) {
        this(leftOut, name -> false, field -> false);
    }

    /**
     * Leaves out fields by their names, and others by what they say.
     *
     * @param leftOut holds of the names of fields that are left out
     * @param dependsOnValue holds of the names of fields that are looked at as a whole: these wait for their end
     * @param leftOutAsAWhole holds of those among them that are left out
     */
    public HeaderIntake(
            Predicate<String> leftOut, Predicate<String> dependsOnValue, Predicate<RawField> leftOutAsAWhole) {
        this.leftOut = leftOut;
        this.dependsOnValue = dependsOnValue;
        this.leftOutAsAWhole = leftOutAsAWhole;
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
            nameIsOpen &= indexOfColon(line) < 0;
            return inField(line);
        }
        if (isEmpty(line)) {
            over = true;
            return behindHeld(List.of(line));
        }
        if (line[0] == ' ' || line[0] == '\t') {
            ambiguous |= nameIsOpen && !leavesOut;
            return inField ? inField(line) : bodyAtOnce(line);
        }
        return begin(line);
    }

    /** What was held back so far, where the mail ends in its header. */
    public List<byte[]> rest() {
        return behindHeld(List.of());
    }

    private List<byte[]> behindHeld(List<byte[]> lines) {
        if (held.size() == 0) {
            return lines;
        }
        RawField field = new RawField(held.toByteArray());
        held.reset();
        if (leftOutAsAWhole.test(field)) {
            return lines;
        }
        List<byte[]> all = new ArrayList<>();
        all.add(field.bytes());
        all.addAll(lines);
        return all;
    }

    /** A first line that is folded would be one with the field that this server writes before it. */
    private List<byte[]> bodyAtOnce(byte[] line) {
        over = true;
        return List.of(LINE_END, line);
    }

    private List<byte[]> begin(byte[] line) {
        List<byte[]> before = rest();
        String name = FieldName.of(line);
        inField = true;
        nameIsOpen = indexOfColon(line) < 0;
        leavesOut = leftOut.test(name) || leftOut.test(FieldName.shown(name));
        holds = !leavesOut && dependsOnValue.test(FieldName.shown(name));
        inReceived = !leavesOut && name.toLowerCase(Locale.ROOT).equals(RECEIVED) && received.size() < FIELDS;
        if (inReceived) {
            received.add(new StringBuilder());
        }
        List<byte[]> lines = new ArrayList<>(before);
        lines.addAll(inField(line));
        return lines;
    }

    private static int indexOfColon(byte[] line) {
        for (int i = 0; i < line.length; i++) {
            if (line[i] == ':') {
                return i;
            }
        }
        return -1;
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
        if (holds) {
            held.writeBytes(line);
            return List.of();
        }
        return List.of(line);
    }

    private static boolean isEmpty(byte[] line) {
        return line[0] == '\n' || (line.length > 1 && line[0] == '\r' && line[1] == '\n');
    }

    /**
     * Whether the name of a field is folded: a line without a colon that goes on. Some programs take the whole for a name, and
     * some the beginning for the end of the header.
     */
    public boolean isAmbiguous() {
        return ambiguous;
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
