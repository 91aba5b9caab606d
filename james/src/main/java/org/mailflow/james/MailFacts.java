package org.mailflow.james;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.model.Mailflow;

/** Begins events about a mail with what is known of it. */
public final class MailFacts {

    private MailFacts() {}

    /** An event about all recipients of a mail. */
    public static MailEvent.Builder event(MailEvent.Type type, Mailflow mailflow, Mail mail) {
        return event(type, mailflow, mail, mail.getRecipients());
    }

    /** An event about some recipients of a mail. */
    public static MailEvent.Builder event(
            MailEvent.Type type, Mailflow mailflow, Mail mail, Collection<MailAddress> recipients) {
        return MailEvent.builder(type, mailflow.server().fqdn())
                .mailId(mail.getName())
                .messageId(messageId(mail))
                .sender(mail.getMaybeSender().asString())
                .recipients(texts(recipients))
                .generation(mailflow.generation());
    }

    private static List<String> texts(Collection<MailAddress> recipients) {
        return recipients.stream().map(MailAddress::asString).toList();
    }

    /** An event is worth having without the message-id too. */
    private static Optional<String> messageId(Mail mail) {
        try {
            MimeMessage message = mail.getMessage();
            return message == null ? Optional.empty() : Optional.ofNullable(message.getMessageID());
        } catch (MessagingException e) {
            return Optional.empty();
        }
    }
}
