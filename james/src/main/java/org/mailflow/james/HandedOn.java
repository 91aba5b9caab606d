package org.mailflow.james;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.mailflow.core.decision.Stamp;

/**
 * Remembers, on a mail that is being worked on, for which of its recipients the work is done. When a fault interrupts the
 * work, it is done again for the others only, and nobody gets a second copy.
 */
public final class HandedOn {

    private static final AttributeName RECIPIENTS = AttributeName.of(Stamp.PREFIX + "handedOn");

    private HandedOn() {}

    /** Notes that the mail is safely in its next place for these recipients. */
    public static void add(Mail mail, Collection<MailAddress> recipients) {
        Set<String> all = of(mail);
        recipients.forEach(recipient -> all.add(recipient.asString()));
        mail.setAttribute(new Attribute(RECIPIENTS, AttributeValue.of(String.join("\n", all))));
    }

    /** Forgets what was noted: the mail is a new one, or all work on it is done. */
    public static void forget(Mail mail) {
        mail.removeAttribute(RECIPIENTS);
    }

    /** Leaves the mail those of these recipients that the work is not done for, and forgets the others. */
    public static void leaveTheOthers(Mail mail, Collection<MailAddress> recipients) {
        Set<String> done = of(mail);
        List<MailAddress> others = new ArrayList<>(recipients);
        others.removeIf(recipient -> done.contains(recipient.asString()));
        mail.setRecipients(others);
        forget(mail);
    }

    private static Set<String> of(Mail mail) {
        return AttributeUtils.getValueAndCastFromMail(mail, RECIPIENTS, String.class)
                .map(text -> new TreeSet<>(List.of(text.split("\n"))))
                .orElseGet(TreeSet::new);
    }
}
