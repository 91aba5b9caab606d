package org.mailflow.mailets;

import java.time.Duration;
import java.util.List;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.mailflow.core.decision.Stamp;

/** How long a mail waits whose way cannot be told yet: longer from time to time, and for ever. */
record WaitSchedule(List<Duration> intervals) {

    private static final AttributeName WAITS = AttributeName.of(Stamp.PREFIX + "waits");

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
