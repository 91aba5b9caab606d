package org.mailflow.testing.smtp;

import java.util.List;

/**
 * A reply of an SMTP server.
 *
 * @param lines as they came, code included, without line ends; not empty
 */
public record SmtpReply(List<String> lines) {
    public SmtpReply {
        lines = List.copyOf(lines);
    }

    /** The code of the last line; 0 where it has none. */
    public int code() {
        String last = lines.get(lines.size() - 1);
        return last.matches("\\d{3}([ -].*)?") ? Integer.parseInt(last.substring(0, 3)) : 0;
    }

    /** All lines, separated by LF. */
    public String text() {
        return String.join("\n", lines);
    }

    /** Whether the reply begins so, up to the end of a word or number: 5.7.1 is not the beginning of 5.7.133. */
    public boolean startsWith(String prefix) {
        String text = text();
        return text.startsWith(prefix)
                && (text.length() == prefix.length()
                        || prefix.isEmpty()
                        || !Character.isLetterOrDigit(prefix.charAt(prefix.length() - 1))
                        || !Character.isLetterOrDigit(text.charAt(prefix.length())));
    }

    @Override
    public String toString() {
        return text();
    }
}
