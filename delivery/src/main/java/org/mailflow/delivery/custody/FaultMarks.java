package org.mailflow.delivery.custody;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
    private static final String REASON = "reason";
    private static final String PLACE = "place";
    private static final String PROCESSOR = "processor";
    private static final String TRIES = "tries";
    private static final String TIME = "time";
    private static final List<String> ALL = List.of(REASON, PLACE, PROCESSOR, TRIES, TIME);

    private FaultMarks() {}

    /** How often the mail failed. */
    static int failed(Mail mail) {
        return AttributeUtils.getValueAndCastFromMail(mail, FAILED, Integer.class)
                .orElse(0);
    }

    /** Notes how often the mail failed, and why it did the last time. */
    static void note(Mail mail, int failed, String reason, String place) {
        mail.setAttribute(new Attribute(FAILED, AttributeValue.of(failed)));
        set(mail, REASON, reason);
        set(mail, PLACE, place);
    }

    /** Why the mail failed the last time. */
    static Optional<String> reason(Mail mail) {
        return text(mail, REASON);
    }

    /** Where the mail failed the last time. */
    static Optional<String> place(Mail mail) {
        return text(mail, PLACE);
    }

    /** Forgets all of it: the mail goes on. */
    static void forget(Mail mail) {
        mail.removeAttribute(FAILED);
        ALL.forEach(name -> mail.removeAttribute(AttributeName.of(POISON + name)));
    }

    /** Writes down why the mail is set aside; when it is sent again, it has all its tries anew. */
    static void poison(Mail mail, String reason, String place, int tries, Instant now) {
        forget(mail);
        set(mail, REASON, reason);
        set(mail, PLACE, place);
        set(mail, PROCESSOR, mail.getState());
        set(mail, TRIES, Integer.toString(tries));
        set(mail, TIME, now.toString());
    }

    private static Optional<String> text(Mail mail, String name) {
        return AttributeUtils.getValueAndCastFromMail(mail, AttributeName.of(POISON + name), String.class);
    }

    private static void set(Mail mail, String name, String value) {
        mail.setAttribute(new Attribute(AttributeName.of(POISON + name), AttributeValue.of(value)));
    }
}
