package org.mailflow.core.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A field of a header as its bytes (RFC 5322, 2.2), with its folded lines and its line end. Nothing of them is interpreted but
 * the name.
 */
public final class RawField {

    private final byte[] bytes;

    RawField(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** A field of this server's own. */
    public static RawField of(String name, String value) {
        return new RawField((name + ": " + value + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * Takes a header apart. A line that begins with a blank belongs to the field before it.
     *
     * @param header without the empty line at its end
     */
    public static List<RawField> in(byte[] header) {
        List<RawField> fields = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < header.length; i++) {
            boolean endsField =
                    header[i] == '\n' && (i + 1 == header.length || (header[i + 1] != ' ' && header[i + 1] != '\t'));
            if (endsField || i + 1 == header.length) {
                fields.add(new RawField(Arrays.copyOfRange(header, start, i + 1)));
                start = i + 1;
            }
        }
        return fields;
    }

    /** Fields as one header. */
    public static byte[] join(List<RawField> fields) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        fields.forEach(field -> joined.writeBytes(field.bytes()));
        return joined.toByteArray();
    }

    /** As it stands in the header. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The name as the most lenient reader sees it. */
    public String name() {
        return FieldName.shown(FieldName.of(bytes));
    }

    /** What follows the colon, unfolded, without blanks at either end; empty where there is no colon. */
    public String value() {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int colon = text.indexOf(':');
        return colon < 0
                ? ""
                : text.substring(colon + 1).replaceAll("\r?\n[ \t]", " ").strip();
    }

    /** The same value under another name. */
    public RawField renamed(String name) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int colon = text.indexOf(':');
        return new RawField(
                (name + (colon < 0 ? ":\r\n" : text.substring(colon))).getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawField field && Arrays.equals(bytes, field.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
