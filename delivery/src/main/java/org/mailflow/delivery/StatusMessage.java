package org.mailflow.delivery;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.Optional;
import java.util.Properties;
import javax.activation.DataHandler;
import javax.mail.Message;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.internet.ContentType;
import javax.mail.internet.InternetAddress;
import javax.mail.internet.MimeBodyPart;
import javax.mail.internet.MimeMessage;
import javax.mail.internet.MimeMultipart;
import javax.mail.util.ByteArrayDataSource;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.apache.mailet.base.DateFormats;
import org.mailflow.core.decision.HeaderFirewall;
import org.mailflow.core.mime.RawField;
import org.mailflow.core.notification.DeliveryAction;
import org.mailflow.core.notification.StatusNotification;
import org.mailflow.james.DsnWishes;

/**
 * A status notification as a mail: words for people, fields for programs, and the mail that it is about or its header
 * (RFC 3462, 3464). What only our servers tell each other stays here.
 */
final class StatusMessage {

    private static final String AUTHOR = "Mail Delivery System";

    private final StatusNotification notification;
    private final MailAddress postmaster;
    private final MailAddress recipient;

    StatusMessage(StatusNotification notification, MailAddress postmaster, MailAddress recipient) {
        this.notification = notification;
        this.postmaster = postmaster;
        this.recipient = recipient;
    }

    /** Tells of this mail, and sends it back as a whole up to a size, where its sender wants that. */
    MimeMessage about(Mail mail, long maxMessageAttachSize) throws MessagingException {
        MimeMessage original = mail.getMessage();
        MimeMultipart parts = new MimeMultipart("report");
        MimeBodyPart words = new MimeBodyPart();
        words.setText(notification.text(), StandardCharsets.UTF_8.name());
        parts.addBodyPart(words);
        parts.addBodyPart(part(
                notification.fields().getBytes(StandardCharsets.US_ASCII),
                "message/delivery-status",
                "Delivery status"));
        parts.addBodyPart(returned(mail, original, maxMessageAttachSize));

        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
        message.setFrom(author());
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(recipient.asString()));
        message.setSubject(
                notification.subject(Optional.ofNullable(original.getSubject())), StandardCharsets.UTF_8.name());
        message.setHeader("Date", DateFormats.RFC822_DATE_FORMAT.format(ZonedDateTime.now(ZoneId.systemDefault())));
        message.setHeader("Auto-Submitted", "auto-replied");
        Optional.ofNullable(original.getMessageID())
                .map(id -> id.replaceAll("[^\\x21-\\x7E]", ""))
                .filter(id -> !id.isEmpty())
                .ifPresent(id -> setReference(message, id));
        ContentType type = new ContentType(parts.getContentType());
        type.setParameter("report-type", "delivery-status");
        message.setContent(parts);
        message.setHeader("Content-Type", type.toString());
        message.saveChanges();
        return message;
    }

    private static void setReference(MimeMessage message, String id) {
        try {
            message.setHeader("In-Reply-To", id);
            message.setHeader("References", id);
        } catch (MessagingException e) {
            throw new IllegalStateException("a new message takes every header", e);
        }
    }

    private MimeBodyPart returned(Mail mail, MimeMessage original, long most) throws MessagingException {
        boolean whole = notification.report().action() == DeliveryAction.FAILED
                && DsnWishes.wantsItBackAsAWhole(mail).orElse(false)
                && mail.getMessageSize() <= most;
        if (!whole) {
            return part(header(original), "text/rfc822-headers", "Undelivered message headers");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            HeaderOutput filtered = new HeaderOutput(StatusMessage::withoutSecrets, bytes);
            MailOctets.write(original, filtered);
            filtered.end();
        } catch (IOException e) {
            throw new MessagingException("the mail cannot be read", e);
        }
        return part(bytes.toByteArray(), "message/rfc822", "Undelivered message");
    }

    private static byte[] withoutSecrets(byte[] header) {
        return RawField.join(RawField.in(header).stream()
                .filter(field -> !HeaderFirewall.isSecret(field.name()))
                .toList());
    }

    private static byte[] header(MimeMessage original) throws MessagingException {
        StringBuilder header = new StringBuilder();
        for (String line : Collections.list(original.getAllHeaderLines())) {
            int colon = line.indexOf(':');
            if (colon < 0 || !HeaderFirewall.isSecret(line.substring(0, colon).strip())) {
                header.append(line).append("\r\n");
            }
        }
        return header.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static MimeBodyPart part(byte[] content, String type, String description) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(content, type)));
        part.setHeader("Content-Type", type);
        part.setDescription(description);
        if (type.startsWith("message/") && isEightBit(content)) {
            part.setHeader("Content-Transfer-Encoding", "8bit");
        }
        return part;
    }

    private static boolean isEightBit(byte[] content) {
        for (byte octet : content) {
            if (octet < 0) {
                return true;
            }
        }
        return false;
    }

    private InternetAddress author() throws MessagingException {
        try {
            return new InternetAddress(postmaster.asString(), AUTHOR, StandardCharsets.US_ASCII.name());
        } catch (UnsupportedEncodingException e) {
            throw new MessagingException("a name of ASCII cannot be written", e);
        }
    }
}
