package org.mailflow.core.decision;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailflow.core.ip.IpAddress;

/**
 * Reads from a Received header (RFC 5321, 4.4) the address that its server had the mail from. The name that a client gave in
 * EHLO stands in the same header, and may look like an address: a header is read only if the whole of its from-clause has the
 * form of a known server, and an address is taken only from where that server writes what it saw.
 */
final class ReceivedFrom {

    private static final String ADDRESS = "(?:IPv6:)?([0-9A-Fa-f:.]+)(?:%[0-9A-Za-z]{1,16})?";
    private static final String EXIM = "(?:port|ident|helo)=[^\\s()]+";

    // No name in these has a blank. Servers that write an EHLO as it came, blanks and all, cannot be read: (EHLO name).
    private static final List<Pattern> FORMS = List.of(
            // Postfix, Sendmail, Haraka, OpenSMTPD, Mailflow: from helo (name [192.0.2.1])
            Pattern.compile("from \\S+ \\((?:(?!(?i:EHLO|HELO) )[^\\s()\\[\\]]+ )?\\[" + ADDRESS
                    + "\\](?: \\(may be forged\\))?\\)" + "(?: \\((?i:authenticated)[^()]*\\))?"),
            // Exchange: from host (192.0.2.1)
            Pattern.compile("from \\S+ \\(" + ADDRESS + "\\)"),
            // Exim, of a host without a name: from [192.0.2.1] (helo=name)
            Pattern.compile("from \\[" + ADDRESS + "\\](?::\\d+)?(?: \\(" + EXIM + "(?: " + EXIM + ")*\\))?"),
            // Exim, of a host with one: from host ([192.0.2.1] helo=name)
            Pattern.compile("from \\S+ \\(\\[" + ADDRESS + "\\](?::\\d+)?(?: " + EXIM + ")*\\)"));

    private static final List<String> ENDS = List.of(" by ", " (using ", " (version=");

    private ReceivedFrom() {}

    /**
     * The address.
     *
     * @param value what follows {@code Received:}, folded or not
     * @return empty where no such server wrote it, or it had the mail from no other host
     */
    static Optional<IpAddress> address(String value) {
        String text = value.replaceAll("[ \\t\\r\\n]+", " ").strip();
        String lower = text.toLowerCase(Locale.ROOT);
        int by = lower.indexOf(ENDS.get(0));
        if (by < 0) {
            return Optional.empty();
        }
        int end = ENDS.stream()
                .mapToInt(lower::indexOf)
                .filter(index -> index >= 0)
                .min()
                .orElse(by);
        String clause = text.substring(0, end);
        return FORMS.stream()
                .map(form -> form.matcher(clause))
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .filter(Objects::nonNull)
                .findFirst()
                .flatMap(ReceivedFrom::parse);
    }

    private static Optional<IpAddress> parse(String text) {
        try {
            return Optional.of(IpAddress.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
