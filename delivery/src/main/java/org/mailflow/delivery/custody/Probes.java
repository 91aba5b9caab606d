package org.mailflow.delivery.custody;

import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.mailflow.core.decision.Stamp;

/**
 * Mails that prove that a queue moves. They are told by an attribute, which no sender can write, and end where a queue is
 * read: no matcher, mailet or delivery sees one.
 */
public final class Probes {

    private static final AttributeName PROBE = AttributeName.of(Stamp.PREFIX + "probe");

    private Probes() {}

    /** A new probe. */
    public static Mail create() throws MessagingException {
        String id = UUID.randomUUID().toString();
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
        message.setSubject("Mailflow probe");
        message.setText("This proves that mail moves.");
        message.saveChanges();
        return MailImpl.builder()
                .name("mailflow-probe-" + id)
                .addRecipient(new MailAddress("probe@mailflow.invalid"))
                .mimeMessage(message)
                .addAttribute(new Attribute(PROBE, AttributeValue.of(id)))
                .build();
    }

    /** The id of a probe; empty for any other mail. */
    public static Optional<String> id(Mail mail) {
        return AttributeUtils.getValueAndCastFromMail(mail, PROBE, String.class);
    }
}
