package org.mailflow.james;

import java.util.Optional;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.mailflow.core.decision.Stamp;
import org.mailflow.core.notification.DeliveryReport;

/** What a delivery has to tell of a mail, on its way to whoever writes to the sender. */
public final class ReportStamp {

    /** The report. */
    public static final AttributeName REPORT = AttributeName.of(Stamp.PREFIX + "deliveryReport");

    private ReportStamp() {}

    /** Puts a report on a mail. */
    public static void put(Mail mail, DeliveryReport report) {
        mail.setAttribute(new Attribute(REPORT, AttributeValue.of(report.toText())));
    }

    /**
     * The report of a mail; empty where no delivery of ours wrote one.
     *
     * @throws IllegalArgumentException where it is damaged
     */
    public static Optional<DeliveryReport> of(Mail mail) {
        return AttributeUtils.getValueAndCastFromMail(mail, REPORT, String.class)
                .map(DeliveryReport::parse);
    }

    /** Takes the report off a mail. */
    public static void remove(Mail mail) {
        mail.removeAttribute(REPORT);
    }
}
