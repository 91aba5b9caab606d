package org.mailflow.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.mailflow.core.decision.Stamp;

/** How often a mail was tried in vain, and since when; it stands in the mail's attributes, to outlive the server. */
final class Tries {

    private static final AttributeName FAILURES = AttributeName.of(Stamp.PREFIX + "delivery.failures");
    private static final AttributeName SINCE = AttributeName.of(Stamp.PREFIX + "delivery.since");

    private static final AttributeName LAST_TRY = AttributeName.of(Stamp.PREFIX + "delivery.lastTry");
    private static final AttributeName LAST_REPLY = AttributeName.of(Stamp.PREFIX + "delivery.lastReply");

    private static final AttributeName TOLD = AttributeName.of(Stamp.PREFIX + "delivery.delayTold");

    private Tries() {}

    /** Starts the clock of a mail that has none. */
    static void begin(Mail mail, Instant now) {
        if (mail.getAttribute(SINCE).isEmpty()) {
            mail.setAttribute(new Attribute(SINCE, AttributeValue.of(Long.toString(now.toEpochMilli()))));
        }
    }

    /** How long the mail has been under way. */
    static Duration age(Mail mail, Instant now) {
        return since(mail).map(since -> Duration.between(since, now)).orElse(Duration.ZERO);
    }

    /** Since when the mail has been under way; empty where no delivery took it over yet. */
    static Optional<Instant> since(Mail mail) {
        return instant(mail, SINCE);
    }

    /** When the mail was last tried in vain. */
    static Optional<Instant> lastTry(Mail mail) {
        return instant(mail, LAST_TRY);
    }

    private static Optional<Instant> instant(Mail mail, AttributeName name) {
        return AttributeUtils.getValueAndCastFromMail(mail, name, String.class)
                .map(millis -> Instant.ofEpochMilli(Long.parseLong(millis)));
    }

    /** Makes the mail younger, by the time in which it could not be tried. */
    static void rejuvenate(Mail mail, Duration by) {
        since(mail)
                .map(since -> since.plus(by))
                .ifPresent(since -> mail.setAttribute(
                        new Attribute(SINCE, AttributeValue.of(Long.toString(since.toEpochMilli())))));
    }

    /** Notes why the last try was in vain, and when it was. */
    static void note(Mail mail, String reply, Instant now) {
        mail.setAttribute(new Attribute(LAST_TRY, AttributeValue.of(Long.toString(now.toEpochMilli()))));
        mail.setAttribute(new Attribute(LAST_REPLY, AttributeValue.of(reply)));
    }

    /** Why the last try was in vain. */
    static Optional<String> lastReply(Mail mail) {
        return AttributeUtils.getValueAndCastFromMail(mail, LAST_REPLY, String.class);
    }

    /** For which recipients the sender was told that the mail is late. */
    static Set<String> toldOfDelay(Mail mail) {
        return AttributeUtils.getValueAndCastFromMail(mail, TOLD, String.class)
                .map(text -> new TreeSet<>(List.of(text.split("\n"))))
                .orElseGet(TreeSet::new);
    }

    /** Notes that the sender was told that the mail is late for these recipients: that is done once. */
    static void noteToldOfDelay(Mail mail, Collection<MailAddress> recipients) {
        Set<String> all = toldOfDelay(mail);
        recipients.forEach(recipient -> all.add(recipient.asString()));
        mail.setAttribute(new Attribute(TOLD, AttributeValue.of(String.join("\n", all))));
    }

    /** How often it was tried in vain. */
    static int failures(Mail mail) {
        return AttributeUtils.getValueAndCastFromMail(mail, FAILURES, Integer.class)
                .orElse(0);
    }

    /** Counts a try in vain. */
    static int failed(Mail mail) {
        int failures = failures(mail) + 1;
        mail.setAttribute(new Attribute(FAILURES, AttributeValue.of(failures)));
        return failures;
    }

    /** Forgets the failures of a mail that takes another way; its age stays. */
    static void startAnew(Mail mail) {
        mail.removeAttribute(FAILURES);
        mail.removeAttribute(LAST_TRY);
        mail.removeAttribute(LAST_REPLY);
    }

    /** Forgets everything: what is made of the mail is another matter. */
    static void end(Mail mail) {
        mail.removeAttribute(FAILURES);
        mail.removeAttribute(SINCE);
        mail.removeAttribute(TOLD);
        mail.removeAttribute(LAST_TRY);
        mail.removeAttribute(LAST_REPLY);
    }
}
