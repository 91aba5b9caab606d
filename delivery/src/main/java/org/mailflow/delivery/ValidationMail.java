package org.mailflow.delivery;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import javax.mail.Message;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.internet.InternetAddress;
import javax.mail.internet.MimeMessage;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Mail;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.validation.ValidationPlan;

/** The mail by which a connector is validated: announced to the host, and sent where that is wished. */
final class ValidationMail {

    private static final String UTF8 = "UTF-8";

    private ValidationMail() {}

    /** Writes one; whoever has it disposes of it. */
    static Mail write(Mailflow mailflow, ValidationPlan plan, List<EmailAddress> recipients, Instant now)
            throws MessagingException {
        String server = mailflow.server().fqdn();
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
        message.setFrom(
                new InternetAddress(plan.sender().map(EmailAddress::toString).orElse("postmaster@" + server)));
        for (EmailAddress recipient : recipients) {
            message.addRecipient(Message.RecipientType.TO, new InternetAddress(recipient.toString()));
        }
        message.setSubject("Validation of connector " + plan.queueName(), UTF8);
        message.setSentDate(Date.from(now));
        // RFC 3834, and what Exchange asks before it answers for somebody who is away.
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("X-Auto-Response-Suppress", "All");
        message.setText(
                server + " sent this mail to validate its outbound connector " + plan.queueName()
                        + ".\r\nNobody needs to answer it.\r\n",
                UTF8);
        message.saveChanges();
        message.setHeader("Message-ID", "<" + UUID.randomUUID() + "@" + server + ">");
        MailImpl.Builder mail = MailImpl.builder().name(MailImpl.getId()).mimeMessage(message);
        for (EmailAddress recipient : recipients) {
            mail.addRecipient(new MailAddress(recipient.toString()));
        }
        if (plan.sender().isPresent()) {
            mail.sender(new MailAddress(plan.sender().get().toString()));
        }
        MailImpl written = mail.build();
        written.setState(Mail.TRANSPORT);
        return written;
    }
}
