package org.mailflow.delivery;

import java.util.Collection;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.apache.mailet.MailetContext;
import org.mailflow.core.notification.DeliveryReport;
import org.mailflow.james.Copies;
import org.mailflow.james.HandedOn;
import org.mailflow.james.ReportStamp;
import org.mailflow.james.RouteStamp;

/**
 * Gives mail that cannot be delivered to the processor that returns it, with what there is to tell of it. Mail with the null sender goes there too: what becomes of it is the processor's decision, and nobody's accident.
 */
final class Bounces {

    private static final AttributeName ERROR = AttributeName.of("delivery-error");
    private static final AttributeName ERROR_CODE = AttributeName.of("delivery-error-code");
    private static final AttributeName IS_PERMANENT = AttributeName.of("is-delivery-permanent-error");

    private final MailetContext context;
    private final String processor;

    Bounces(MailetContext context, String processor) {
        this.context = context;
        this.processor = processor;
    }

    /**
     * Returns the mail of some recipients.
     *
     * @param error for James' bounce mailets, which know one reason for all recipients
     * @param report for our own, which tells each recipient's
     * @throws MessagingException where it could not be enqueued; nothing has happened then
     */
    void bounce(Mail mail, Collection<MailAddress> recipients, int code, String error, DeliveryReport report)
            throws MessagingException {
        Mail copy = returned(mail, recipients, code, error);
        try {
            ReportStamp.put(copy, report);
            context.sendMail(copy, processor);
        } finally {
            LifecycleUtil.dispose(copy);
        }
    }

    /** The copy of a mail that the bounce processor is given; whoever asks for it disposes of it. */
    static Mail returned(Mail mail, Collection<MailAddress> recipients, int code, String error)
            throws MessagingException {
        Mail copy = mail.duplicate();
        copy.setName(Copies.newName(mail));
        copy.setRecipients(recipients);
        RouteStamp.remove(copy);
        Tries.end(copy);
        HandedOn.forget(copy);
        ReportStamp.remove(copy);
        copy.setAttribute(new Attribute(ERROR, AttributeValue.of(error)));
        copy.setAttribute(new Attribute(ERROR_CODE, AttributeValue.of(code)));
        copy.setAttribute(new Attribute(IS_PERMANENT, AttributeValue.of(true)));
        return copy;
    }
}
