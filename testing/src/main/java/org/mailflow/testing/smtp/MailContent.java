package org.mailflow.testing.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The bytes of a mail, and just enough reading of them to look at a header (RFC 5322 section 2.2). */
public final class MailContent {
    private final byte[] bytes;

    public MailContent(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /** The bytes as ISO-8859-1, one character each. */
    public String text() {
        return new String(bytes, ISO_8859_1);
    }

    /** What follows the first empty line; empty where there is none. */
    public String body() {
        String text = text();
        int end = text.indexOf("\r\n\r\n");
        if (end >= 0) {
            return text.substring(end + 4);
        }
        int bareEnd = text.indexOf("\n\n");
        return bareEnd >= 0 ? text.substring(bareEnd + 2) : "";
    }

    /** The values of all headers of a name, unfolded, the topmost first. */
    public List<String> headers(String name) {
        List<String> values = new ArrayList<>();
        String prefix = name + ":";
        for (String field : fields()) {
            if (field.regionMatches(true, 0, prefix, 0, prefix.length())) {
                values.add(field.substring(prefix.length()).trim());
            }
        }
        return values;
    }

    /** The value of the topmost header of a name. */
    public Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    private List<String> fields() {
        List<String> fields = new ArrayList<>();
        for (String line : text().split("\r?\n", -1)) {
            if (line.isEmpty()) {
                break;
            }
            boolean continues = line.charAt(0) == ' ' || line.charAt(0) == '\t';
            if (continues && !fields.isEmpty()) {
                int last = fields.size() - 1;
                fields.set(last, fields.get(last) + line);
            } else {
                fields.add(line);
            }
        }
        return fields;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MailContent content && Arrays.equals(bytes, content.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return text();
    }
}
