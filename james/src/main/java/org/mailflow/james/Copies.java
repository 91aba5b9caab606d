package org.mailflow.james;

import java.util.Collection;
import java.util.UUID;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;

/** Makes copies of mails, and names them. */
public final class Copies {

    private static final int BASE = 80;
    private static final int RANDOM = 13;

    private Copies() {}

    /**
     * A name for a copy of a mail. Repositories keep mails by name, so two copies never share one, not even where a mail
     * is split a second time after a fault; and a name does not grow without end.
     */
    public static String newName(Mail mail) {
        String name = mail.getName();
        String base = name.length() > BASE ? name.substring(0, BASE) : name;
        return base + "-" + UUID.randomUUID().toString().substring(0, RANDOM);
    }

    /**
     * The mail as it is to be tried again for some of its recipients, nothing of the work done for them. The mail itself
     * stays as it is, for the case that the copy cannot be enqueued.
     */
    public static Mail toTryAgain(Mail mail, Collection<MailAddress> recipients) throws MessagingException {
        Mail copy = mail.duplicate();
        copy.setName(mail.getName());
        copy.setState(mail.getState());
        copy.setRecipients(recipients);
        HandedOn.forget(copy);
        return copy;
    }

    /**
     * A copy that takes the mail's place where its way must be chosen anew: on the snapshot that runs then. The mail stays
     * as it is, for the case that the copy cannot be enqueued.
     */
    public static Mail toRouteAgain(Mail mail) throws MessagingException {
        Mail copy = mail.duplicate();
        copy.setName(mail.getName());
        RouteStamp.remove(copy);
        copy.setAttribute(new Attribute(Snapshots.DECIDE_ANEW, AttributeValue.of(true)));
        return copy;
    }
}
