package org.mailflow.benchmarks.relay;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a mail is known again at the sink: its recipient is {@code m<run>-<number>} at the domain of its way.
 *
 * @param run the measurement, counted over the life of the process
 * @param number the mail within it, from 0
 */
record MailNumber(int run, int number) {

    private static final Pattern RECIPIENT =
            Pattern.compile("RCPT TO: ?<m(\\d{1,9})-(\\d{1,9})@.*", Pattern.CASE_INSENSITIVE);

    String address(String domain) {
        return "m" + run + "-" + number + "@" + domain;
    }

    /** The mail that a RCPT command is for; empty for a recipient of nobody's here. */
    static Optional<MailNumber> ofRecipient(String command) {
        Matcher matcher = RECIPIENT.matcher(command);
        return matcher.matches()
                ? Optional.of(new MailNumber(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }
}
