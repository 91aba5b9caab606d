package org.mailflow.james;

import com.google.common.collect.Multimap;
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

    /** Of recipients who become several: for which of these the work is done. */
    private static final AttributeName READDRESSED = AttributeName.of(Stamp.PREFIX + "handedOnTo");

    private static final AttributeName RECIPIENTS = AttributeName.of(Stamp.PREFIX + "handedOn");

    private HandedOn() {}

    /** Notes that the mail is safely in its next place for these recipients. */
    public static void add(Mail mail, Collection<MailAddress> recipients) {
        Set<String> all = of(mail, RECIPIENTS);
        recipients.forEach(recipient -> all.add(recipient.asString()));
        mail.setAttribute(new Attribute(RECIPIENTS, AttributeValue.of(String.join("\n", all))));
    }

    /** Notes that the mail is safely in its next place for a recipient as far as another address stands for it. */
    public static void addReaddressed(Mail mail, Multimap<MailAddress, MailAddress> addresses) {
        Set<String> all = of(mail, READDRESSED);
        addresses.forEach((before, after) -> all.add(line(before, after)));
        mail.setAttribute(new Attribute(READDRESSED, AttributeValue.of(String.join("\n", all))));
    }

    /** Whether it is noted that the mail is in its next place for an address that stands for a recipient. */
    public static boolean isReaddressed(Mail mail, MailAddress before, MailAddress after) {
        return of(mail, READDRESSED).contains(line(before, after));
    }

    private static String line(MailAddress before, MailAddress after) {
        return before.asString() + " " + after.asString();
    }

    /** Forgets what was noted: the mail is a new one, or all work on it is done. */
    public static void forget(Mail mail) {
        mail.removeAttribute(RECIPIENTS);
        mail.removeAttribute(READDRESSED);
    }

    /**
     * Leaves the mail those of these recipients that the work is not done for, and forgets the others. What is done for a
     * part of a recipient's new addresses stays noted.
     */
    public static void leaveTheOthers(Mail mail, Collection<MailAddress> recipients) {
        Set<String> done = of(mail, RECIPIENTS);
        List<MailAddress> others = new ArrayList<>(recipients);
        others.removeIf(recipient -> done.contains(recipient.asString()));
        mail.setRecipients(others);
        mail.removeAttribute(RECIPIENTS);
    }

    private static Set<String> of(Mail mail, AttributeName name) {
        return AttributeUtils.getValueAndCastFromMail(mail, name, String.class)
                .map(text -> new TreeSet<>(List.of(text.split("\n"))))
                .orElseGet(TreeSet::new);
    }
}
