package org.mailflow.matchers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.inject.Provider;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.model.Mailflow;
import org.mailflow.james.Addresses;
import org.mailflow.james.Snapshots;

/** Establishes what a matcher must know; what cannot be established is thrown. */
final class Facts {

    /** A question about one recipient. */
    interface Question {

        /** Yes, no, or empty for "it cannot be told now". */
        Optional<Boolean> ask(EmailAddress recipient);
    }

    private final Provider<LiveMailflow> live;

    Facts(Provider<LiveMailflow> live) {
        this.live = live;
    }

    /** The snapshot that the mail is decided on. */
    Mailflow snapshot(Mail mail) throws MessagingException {
        return Snapshots.of(mail, Snapshots.stamp(mail), live());
    }

    /** The snapshot that runs now. */
    Mailflow current() throws MessagingException {
        return live().current();
    }

    private LiveMailflow live() throws MessagingException {
        try {
            return live.get();
        } catch (RuntimeException e) {
            throw new MessagingException("there is no configuration of mail flow: " + e.getMessage(), e);
        }
    }

    /** The sender; empty for the null sender. */
    static Optional<EmailAddress> sender(Mail mail) throws MessagingException {
        try {
            return Addresses.toCore(mail.getMaybeSender());
        } catch (IllegalArgumentException e) {
            throw new MessagingException("the sender of mail " + mail.getName() + " cannot be told: " + e.getMessage());
        }
    }

    /** A recipient as core has it. */
    static EmailAddress recipient(Mail mail, MailAddress recipient) throws MessagingException {
        try {
            return Addresses.toCore(recipient);
        } catch (IllegalArgumentException e) {
            throw new MessagingException(
                    "a recipient of mail " + mail.getName() + " cannot be told: " + e.getMessage());
        }
    }

    /** The recipients of the mail to which the answer is yes: the very objects of the mail. */
    static Collection<MailAddress> recipients(Mail mail, Question question) throws MessagingException {
        List<MailAddress> matched = new ArrayList<>();
        for (MailAddress recipient : mail.getRecipients()) {
            boolean yes = question.ask(recipient(mail, recipient))
                    .orElseThrow(() -> new MessagingException("the directory of " + recipient.asString()
                            + " is unavailable: nothing can be said of this recipient of mail " + mail.getName()));
            if (yes) {
                matched.add(recipient);
            }
        }
        return matched;
    }

    /** All recipients of the mail, or none. */
    static Collection<MailAddress> allIf(Mail mail, boolean matches) {
        return matches ? mail.getRecipients() : List.of();
    }
}
