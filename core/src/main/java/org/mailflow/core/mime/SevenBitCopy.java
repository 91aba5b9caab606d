package org.mailflow.core.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes a copy of a mail whose body is ASCII, for hosts without 8BITMIME (RFC 6152, 3): parts with other octets are encoded, text
 * as quoted-printable and everything else as base64. The octets of a part are not interpreted, and parts that need no encoding
 * stay as they are. A header with octets beyond ASCII stays as it is, too: there is no way to encode it without reading it.
 *
 * <p>Signed mail is never converted, whoever signed which part of it.
 */
public final class SevenBitCopy {

    /** What came of it. */
    public sealed interface Result {}

    /** A copy. */
    public static final class Converted implements Result {
        private final byte[] message;

        private Converted(byte[] message) {
            this.message = message;
        }

        /** The whole mail. */
        public byte[] message() {
            return message.clone();
        }
    }

    /**
     * None.
     *
     * @param why in words that follow "the mail"
     */
    public record Impossible(String why) implements Result {}

    private static final int DEEPEST = 100;
    private static final int LINE = 76;
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final Set<String> SIGNATURES =
            Set.of("dkim-signature", "domainkey-signature", "arc-message-signature", "arc-seal");
    private static final Pattern SIGNED_TYPE =
            Pattern.compile("multipart/(signed|encrypted)|application/(x-)?pkcs7-(mime|signature)|application/pgp-.*");
    private static final byte[] CLEAR_SIGNED = "-----BEGIN PGP ".getBytes(StandardCharsets.US_ASCII);

    private final byte[] mail;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private SevenBitCopy(byte[] mail) {
        this.mail = mail;
    }

    /** A copy of a mail. */
    public static Result of(byte[] mail) {
        try {
            SevenBitCopy copy = new SevenBitCopy(mail.clone());
            copy.entity(0, mail.length, true, 0);
            return new Converted(copy.out.toByteArray());
        } catch (RefusedException e) {
            return new Impossible(String.valueOf(e.getMessage()));
        }
    }

    /** A message, or a part: a header and a body. */
    private void entity(int from, int to, boolean isMessage, int depth) throws RefusedException {
        if (depth > DEEPEST) {
            throw new RefusedException("has parts that are nested too deeply");
        }
        int body = bodyOf(from, to);
        int headerEnd = Math.min(body, to);
        List<RawField> fields = RawField.in(Arrays.copyOfRange(mail, from, withoutEmptyLine(from, headerEnd)));
        if (isMessage && fields.stream().anyMatch(field -> SIGNATURES.contains(lower(field.name())))) {
            throw new RefusedException("is signed");
        }
        String type = typeOf(fields);
        if (SIGNED_TYPE.matcher(type).matches()) {
            throw new RefusedException("is signed or encrypted");
        }
        if (type.startsWith("multipart/")) {
            String boundary = ContentType.of(value(fields, "content-type").orElse(""))
                    .boundary()
                    .orElseThrow(() -> new RefusedException("has parts that nobody can tell apart"));
            header(relabelled(fields), from, headerEnd);
            parts(headerEnd, to, boundary, depth);
        } else if (type.equals("message/rfc822") || type.equals("message/global")) {
            header(relabelled(fields), from, headerEnd);
            entity(headerEnd, to, true, depth + 1);
        } else if (isSevenBit(headerEnd, to)) {
            header(relabelled(fields), from, headerEnd);
            out.write(mail, headerEnd, to - headerEnd);
        } else {
            leaf(fields, type, from, headerEnd, to, isMessage);
        }
    }

    private void leaf(List<RawField> fields, String type, int from, int body, int to, boolean isMessage)
            throws RefusedException {
        String encoding = lower(value(fields, "content-transfer-encoding").orElse("7bit"));
        if (type.startsWith("message/") || !Set.of("7bit", "8bit", "binary").contains(encoding)) {
            throw new RefusedException("has a part that cannot be encoded (" + type + ", " + encoding + ")");
        }
        if (indexOf(CLEAR_SIGNED, body, to) >= 0) {
            throw new RefusedException("is signed");
        }
        boolean isText = type.isEmpty() || type.startsWith("text/");
        List<RawField> encoded = new ArrayList<>(fields);
        encoded.removeIf(field -> lower(field.name()).equals("content-transfer-encoding"));
        if (isMessage && value(fields, "mime-version").isEmpty()) {
            encoded.add(RawField.of("MIME-Version", "1.0"));
        }
        if (type.isEmpty()) {
            // RFC 1428: nobody said which characters the octets stand for.
            encoded.removeIf(field -> lower(field.name()).equals("content-type"));
            encoded.add(RawField.of("Content-Type", "text/plain; charset=unknown-8bit"));
        }
        encoded.add(RawField.of("Content-Transfer-Encoding", isText ? "quoted-printable" : "base64"));
        header(encoded, from, body);
        if (isText) {
            quotedPrintable(body, to);
        } else {
            out.writeBytes(Base64.getMimeEncoder(LINE, LINE_END).encode(Arrays.copyOfRange(mail, body, to)));
        }
    }

    /** What stands between parts is for nobody; octets beyond ASCII in it become question marks. */
    private void parts(int from, int to, String boundary, int depth) throws RefusedException {
        byte[] delimiter = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        int start = -1;
        int line = from;
        while (line < to) {
            int next = nextLine(line, to);
            boolean delimits = startsWith(delimiter, line, next) && isBoundary(line + delimiter.length, next);
            if (delimits) {
                if (start >= 0) {
                    int end = Math.max(start, beforeLineEnd(start, line));
                    entity(start, end, false, depth + 1);
                    out.write(mail, end, line - end);
                }
                out.write(mail, line, next - line);
                start = isLast(line + delimiter.length, next) ? -1 : next;
            } else if (start < 0) {
                plain(line, next);
            }
            line = next;
        }
        if (start >= 0) {
            entity(start, to, false, depth + 1);
        }
    }

    private void plain(int from, int to) {
        for (int i = from; i < to; i++) {
            out.write(mail[i] < 0 ? '?' : mail[i]);
        }
    }

    private boolean isBoundary(int from, int to) {
        int end = beforeLineEnd(from, to);
        int rest = isLast(from, to) ? from + 2 : from;
        for (int i = rest; i < end; i++) {
            if (mail[i] != ' ' && mail[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    private boolean isLast(int from, int to) {
        return from + 1 < to && mail[from] == '-' && mail[from + 1] == '-';
    }

    /** A composite part, or one of ASCII, that was said to have more is now what its parts are. */
    private static List<RawField> relabelled(List<RawField> fields) {
        return fields.stream()
                .map(field -> lower(field.name()).equals("content-transfer-encoding")
                                && lower(field.value()).equals("8bit")
                        ? RawField.of("Content-Transfer-Encoding", "7bit")
                        : field)
                .toList();
    }

    /** Writes fields in the place of a header, with the empty line that it had. */
    private void header(List<RawField> fields, int from, int body) {
        out.writeBytes(RawField.join(fields));
        int end = withoutEmptyLine(from, body);
        if (end < body) {
            out.write(mail, end, body - end);
        } else if (!fields.isEmpty() && body < mail.length) {
            out.writeBytes(LINE_END);
        }
    }

    private void quotedPrintable(int from, int to) {
        int column = 0;
        for (int i = from; i < to; i++) {
            int octet = mail[i] & 0xFF;
            boolean lineEnd = octet == '\n' || (octet == '\r' && i + 1 < to && mail[i + 1] == '\n');
            if (lineEnd) {
                out.write(octet);
                column = 0;
                continue;
            }
            boolean blank = octet == ' ' || octet == '\t';
            boolean last = i + 1 == to || mail[i + 1] == '\n' || mail[i + 1] == '\r';
            boolean literal = (octet > ' ' && octet < 0x7F && octet != '=') || (blank && !last);
            int width = literal ? 1 : 3;
            if (column + width >= LINE) {
                out.write('=');
                out.writeBytes(LINE_END);
                column = 0;
            }
            if (literal) {
                out.write(octet);
            } else {
                out.writeBytes(String.format(Locale.ROOT, "=%02X", octet).getBytes(StandardCharsets.US_ASCII));
            }
            column += width;
        }
    }

    /** Where the body begins: behind the first empty line; at the end where there is none. */
    private int bodyOf(int from, int to) {
        int line = from;
        while (line < to) {
            int next = nextLine(line, to);
            if (beforeLineEnd(line, next) == line) {
                return next;
            }
            line = next;
        }
        return to;
    }

    private int withoutEmptyLine(int from, int body) {
        int end = beforeLineEnd(from, body);
        boolean empty = end < body && (end == from || mail[end - 1] == '\n');
        return empty ? end : body;
    }

    private int nextLine(int from, int to) {
        for (int i = from; i < to; i++) {
            if (mail[i] == '\n') {
                return i + 1;
            }
        }
        return to;
    }

    /** Where the last line of a stretch ends, without its line end. */
    private int beforeLineEnd(int from, int to) {
        if (to <= from || mail[to - 1] != '\n') {
            return to;
        }
        return to - 2 >= from && mail[to - 2] == '\r' ? to - 2 : to - 1;
    }

    private boolean isSevenBit(int from, int to) {
        for (int i = from; i < to; i++) {
            if (mail[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private boolean startsWith(byte[] beginning, int from, int to) {
        return to - from >= beginning.length
                && Arrays.equals(mail, from, from + beginning.length, beginning, 0, beginning.length);
    }

    private int indexOf(byte[] text, int from, int to) {
        for (int i = from; i + text.length <= to; i++) {
            if (startsWith(text, i, to)) {
                return i;
            }
        }
        return -1;
    }

    private static String typeOf(List<RawField> fields) {
        String value = value(fields, "content-type").orElse("");
        int end = value.indexOf(';');
        return lower((end < 0 ? value : value.substring(0, end)).strip());
    }

    private static Optional<String> value(List<RawField> fields, String name) {
        return fields.stream()
                .filter(field -> lower(field.name()).equals(name))
                .map(RawField::value)
                .findFirst();
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedException(String why) {
            super(why);
        }
    }
}
