package org.mailflow.delivery;

import java.util.Optional;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.apache.james.core.MailAddress;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Mail;
import org.apache.mailet.MailetContext;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.notification.DeliveryAction;
import org.mailflow.core.notification.DeliveryReport;
import org.mailflow.core.notification.NotifyOn;
import org.mailflow.core.notification.StatusNotification;
import org.mailflow.james.DsnWishes;
import org.mailflow.james.Snapshots;

/**
 * Writes to the sender of a mail what became of it (RFC 3464), if he wants to know it (RFC 3461), and puts that into the
 * spool: a new mail with the null sender, of which nobody is told if it fails. Mail that has the null sender itself is
 * answered by nothing.
 */
public final class StatusNotices {

    /** What Exchange sends back at most (Set-TransportConfig -ExternalDsnMaxMessageAttachSize), in bytes. */
    public static final long MAX_MESSAGE_ATTACH_SIZE = 10L * 1024 * 1024;

    private final MailetContext context;

    /** Notices by this server. */
    public StatusNotices(MailetContext context) {
        this.context = context;
    }

    /** Whether the sender of a mail wants to know that of a recipient. */
    public static boolean isWanted(Mail mail, MailAddress recipient, DeliveryAction action) {
        return mail.getMaybeSender().asOptional().isPresent()
                && NotifyOn.isToldOf(action, DsnWishes.of(mail, recipient));
    }

    /**
     * Writes to the sender, where he wants to know anything that the report tells.
     *
     * @param maxMessageAttachSize up to how many bytes a mail that failed is sent back as a whole to a sender who wants it so;
     *     otherwise its header is
     * @return whether he was written to
     * @throws MessagingException where the mail cannot be read, or the spool takes no mail: nothing has happened then
     */
    public boolean send(Mail mail, DeliveryReport report, Mailflow mailflow, long maxMessageAttachSize)
            throws MessagingException {
        Optional<MailAddress> sender = mail.getMaybeSender().asOptional();
        Optional<DeliveryReport> wanted = StatusNotification.wanted(report, status -> mail.getRecipients().stream()
                .filter(recipient -> recipient.asString().equals(status.recipient()))
                .allMatch(recipient -> isWanted(mail, recipient, report.action())));
        if (sender.isEmpty() || wanted.isEmpty()) {
            return false;
        }
        StatusNotification notification = new StatusNotification(
                wanted.get(),
                mailflow.server().fqdn(),
                DsnWishes.envelopeId(mail),
                DsnWishes.originalRecipients(mail),
                StatusNotification.mayKnowConnectors(Snapshots.stamp(mail)));
        MimeMessage message = new StatusMessage(notification, context.getPostmaster(), sender.get())
                .about(mail, maxMessageAttachSize);
        MailImpl notice = MailImpl.builder()
                .name(MailImpl.getId())
                .sender(Optional.empty())
                .addRecipient(sender.get())
                .mimeMessage(message)
                .build();
        try {
            context.sendMail(notice, Mail.DEFAULT);
        } finally {
            LifecycleUtil.dispose(notice);
        }
        return true;
    }
}
