package org.mailflow.mailets;

import java.util.Optional;
import javax.mail.MessagingException;
import org.apache.mailet.Mail;
import org.mailflow.core.decision.RoutePlan;
import org.mailflow.core.decision.Router;
import org.mailflow.core.decision.Stamp;
import org.mailflow.core.model.Mailflow;
import org.mailflow.james.ContactStamps;
import org.mailflow.james.LoopStamp;
import org.mailflow.james.Snapshots;

/** Asks core for the ways of a mail, with all that the mail brings along. */
final class Plans {

    private Plans() {}

    /** The plan of a mail by a snapshot. */
    static RoutePlan of(Mail mail, Mailflow mailflow) throws MessagingException {
        return of(mail, mailflow, Snapshots.stamp(mail), new Recipients(mail.getRecipients()));
    }

    /** The same, for what is read of the mail already. */
    static RoutePlan of(Mail mail, Mailflow mailflow, Optional<Stamp> stamp, Recipients recipients)
            throws MessagingException {
        return Router.plan(
                mailflow,
                Envelope.sender(mail),
                stamp,
                recipients.addresses(),
                ContactStamps.of(mail),
                LoopStamp.marks(mail, mailflow, stamp),
                mail.getMessageSize());
    }
}
