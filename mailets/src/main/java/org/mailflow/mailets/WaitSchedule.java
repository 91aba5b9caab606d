package org.mailflow.mailets;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.mailflow.core.decision.Stamp;

/** How long a mail waits whose way cannot be told yet: longer from time to time, and for ever. */
record WaitSchedule(List<Duration> intervals) {

    /** Used unless another is set. */
    static final WaitSchedule DEFAULT = new WaitSchedule(
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofMinutes(30)));

    private static final AttributeName WAITS = AttributeName.of(Stamp.PREFIX + "waits");

    /**
     * Reads {@code 30s, 5m, 1h}.
     *
     * @throws IllegalArgumentException where the text is no such list
     */
    static WaitSchedule parse(String text) {
        return new WaitSchedule(Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .map(WaitSchedule::interval)
                .toList());
    }

    private static Duration interval(String text) {
        if (!text.matches("[1-9][0-9]{0,5}[smh]")) {
            throw new IllegalArgumentException("'" + text + "' is no wait: write a list like 30s, 5m, 1h");
        }
        long number = Long.parseLong(text.substring(0, text.length() - 1));
        return switch (text.charAt(text.length() - 1)) {
            case 's' -> Duration.ofSeconds(number);
            case 'm' -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }

    /** Counts one wait more on the mail, and tells how long it is. */
    Duration begin(Mail mail) {
        int waits = AttributeUtils.getValueAndCastFromMail(mail, WAITS, Integer.class)
                .orElse(0);
        mail.setAttribute(new Attribute(WAITS, AttributeValue.of(waits + 1)));
        return intervals.get(Math.min(waits, intervals.size() - 1));
    }

    /** Forgets the waits of a mail that goes on. */
    static void end(Mail mail) {
        mail.removeAttribute(WAITS);
    }
}
