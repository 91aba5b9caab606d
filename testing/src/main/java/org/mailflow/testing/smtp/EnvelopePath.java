package org.mailflow.testing.smtp;

import java.util.List;
import java.util.Optional;

/**
 * The argument of MAIL or RCPT as it came (RFC 5321 section 4.1.2).
 *
 * @param address what stands between the angle brackets; empty for the null sender
 * @param parameters what follows, for example {@code SIZE=1024}, in order
 */
public record EnvelopePath(String address, List<String> parameters) {
    public EnvelopePath {
        parameters = List.copyOf(parameters);
    }

    /**
     * Parses what stands after {@code FROM:} or {@code TO:}.
     *
     * @return empty where it is no path
     */
    static Optional<EnvelopePath> parse(String argument) {
        String path = argument.trim();
        int end = closingBracket(path);
        if (end < 0) {
            return Optional.empty();
        }
        String rest = path.substring(end + 1).trim();
        return Optional.of(
                new EnvelopePath(path.substring(1, end), rest.isEmpty() ? List.of() : List.of(rest.split("\\s+"))));
    }

    /** The bracket that ends the path: one inside a quoted local part does not. */
    private static int closingBracket(String path) {
        if (!path.startsWith("<")) {
            return -1;
        }
        boolean quoted = false;
        for (int i = 1; i < path.length(); i++) {
            char c = path.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '>' && !quoted) {
                return i;
            }
        }
        return -1;
    }
}
