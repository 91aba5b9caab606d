package org.mailflow.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.james.queue.api.MailQueueName;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.mailflow.core.decision.Stamp;

/** What a mail that an operator holds remembers: where it belongs, and since when it stands aside. */
final class HeldMail {

    /** The queue of held mail, which nobody reads. */
    static final MailQueueName QUEUE = MailQueueName.of("mailflow-held");

    private static final AttributeName FROM = AttributeName.of(Stamp.PREFIX + "held.from");
    private static final AttributeName SINCE = AttributeName.of(Stamp.PREFIX + "held.since");

    private HeldMail() {}

    static void mark(Mail mail, MailQueueName from, Instant now) {
        mail.setAttribute(new Attribute(FROM, AttributeValue.of(from.asString())));
        mail.setAttribute(new Attribute(SINCE, AttributeValue.of(Long.toString(now.toEpochMilli()))));
    }

    /** Where the mail belongs. */
    static Optional<MailQueueName> from(Mail mail) {
        return AttributeUtils.getValueAndCastFromMail(mail, FROM, String.class).map(MailQueueName::of);
    }

    /** Takes the mark off; the time on hold does not make the mail older. */
    static void unmark(Mail mail, Instant now) {
        AttributeUtils.getValueAndCastFromMail(mail, SINCE, String.class)
                .map(since -> Duration.between(Instant.ofEpochMilli(Long.parseLong(since)), now))
                .ifPresent(onHold -> Tries.rejuvenate(mail, onHold));
        mail.removeAttribute(FROM);
        mail.removeAttribute(SINCE);
    }
}
