package org.mailflow.delivery.custody;

import java.time.Instant;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.mailflow.core.decision.Stamp;

/** What a mail's attributes tell of faults: how often it failed, and, of a mail that was set aside, why. */
final class FaultMarks {

    private static final AttributeName FAILED = AttributeName.of(Stamp.PREFIX + "faults");
    private static final String POISON = Stamp.PREFIX + "poison.";

    private FaultMarks() {}

    /** How often the mail failed. */
    static int failed(Mail mail) {
        return AttributeUtils.getValueAndCastFromMail(mail, FAILED, Integer.class)
                .orElse(0);
    }

    /** Notes how often the mail failed. */
    static void setFailed(Mail mail, int failed) {
        mail.setAttribute(new Attribute(FAILED, AttributeValue.of(failed)));
    }

    /** Forgets how often the mail failed: it goes on. */
    static void forget(Mail mail) {
        mail.removeAttribute(FAILED);
    }

    /** Writes down why the mail is set aside; when it is sent again, it has all its tries anew. */
    static void poison(Mail mail, String reason, String place, int tries, Instant now) {
        forget(mail);
        set(mail, "reason", reason);
        set(mail, "place", place);
        set(mail, "processor", mail.getState());
        set(mail, "tries", Integer.toString(tries));
        set(mail, "time", now.toString());
    }

    private static void set(Mail mail, String name, String value) {
        mail.setAttribute(new Attribute(AttributeName.of(POISON + name), AttributeValue.of(value)));
    }
}
