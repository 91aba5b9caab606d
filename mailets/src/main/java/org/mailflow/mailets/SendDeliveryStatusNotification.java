package org.mailflow.mailets;

import java.util.Optional;
import java.util.stream.Stream;
import javax.inject.Inject;
import javax.inject.Provider;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.container.settings.SendDeliveryStatusNotificationSettings;
import org.mailflow.core.notification.DeliveryAction;
import org.mailflow.core.notification.DeliveryReport;
import org.mailflow.core.notification.RecipientStatus;
import org.mailflow.delivery.StatusNotices;
import org.mailflow.james.Contained;
import org.mailflow.james.ReportStamp;

/**
 * Writes to the sender of a mail that it was not delivered: a non-delivery report as RFC 3464 has it, with a status, the last
 * words of the host and the host itself for each recipient. What the sender asked for is kept to (RFC 3461: NOTIFY, RET,
 * ENVID, ORCPT). Nobody is told of a mail with the null sender. The mail ends here: keep it in a repository before.
 *
 * <p>What there is to tell comes from {@link DeliverByConnector}; of mail from elsewhere, as from James' RemoteDelivery, the
 * attribute {@code delivery-error} is the reason for all recipients, or else the error message of the mail.
 *
 * <pre>{@code
 * <processor state="return-to-sender">
 *   <mailet match="All" class="org.mailflow.mailets.SendDeliveryStatusNotification">
 *     <maxMessageAttachSize>10MB</maxMessageAttachSize>
 *     <onMailetException>propagate</onMailetException>
 *   </mailet>
 * </processor>
 * }</pre>
 *
 * The report is a new mail that begins in the processor root, and has nothing of the session that brought the mail.
 */
public class SendDeliveryStatusNotification extends GenericMailet {

    private static final AttributeName DELIVERY_ERROR = AttributeName.of("delivery-error");

    private final Provider<LiveMailflow> live;
    private long maxMessageAttachSize = StatusNotices.MAX_MESSAGE_ATTACH_SIZE;

    /** Reports in the name of the server of this configuration. */
    @Inject
    public SendDeliveryStatusNotification(Provider<LiveMailflow> live) {
        this.live = live;
    }

    /** Refuses unknown parameters. */
    @Override
    public void init() throws MessagingException {
        Parameters parameters = new Parameters(getMailetConfig(), SendDeliveryStatusNotificationSettings.SPEC);
        maxMessageAttachSize = parameters.value(SendDeliveryStatusNotificationSettings.MAX_MESSAGE_ATTACH_SIZE);
        parameters.refuseProblems();
    }

    @Override
    public void service(Mail mail) throws MessagingException {
        Contained.run(getMailetContext(), getMailetInfo(), () -> handle(mail));
    }

    private void handle(Mail mail) throws MessagingException {
        new StatusNotices(getMailetContext())
                .send(mail, report(mail), live.get().current(), maxMessageAttachSize);
        mail.setState(Mail.GHOST);
    }

    private static DeliveryReport report(Mail mail) throws MessagingException {
        try {
            return ReportStamp.of(mail).orElseGet(() -> withoutDelivery(mail));
        } catch (IllegalArgumentException e) {
            throw new MessagingException("of mail " + mail.getName() + ": " + e.getMessage(), e);
        }
    }

    private static DeliveryReport withoutDelivery(Mail mail) {
        String reply = Stream.of(
                        AttributeUtils.getValueAndCastFromMail(mail, DELIVERY_ERROR, String.class),
                        Optional.ofNullable(mail.getErrorMessage()))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse("");
        return new DeliveryReport(
                DeliveryAction.FAILED,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                mail.getRecipients().stream()
                        .map(MailAddress::asString)
                        .map(recipient -> RecipientStatus.of(recipient, reply))
                        .toList());
    }

    @Override
    public String getMailetInfo() {
        return "SendDeliveryStatusNotification";
    }
}
