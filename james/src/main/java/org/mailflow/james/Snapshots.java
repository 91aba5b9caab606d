package org.mailflow.james;

import java.util.Optional;
import javax.mail.MessagingException;
import org.apache.mailet.AttributeName;
import org.apache.mailet.Mail;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.decision.Stamp;
import org.mailflow.core.model.Mailflow;

/** Finds out what a mail is decided on: its stamp, and its snapshot. */
public final class Snapshots {

    /**
     * The attribute of mail that was put back to be routed again: it is decided on the snapshot that runs then, since
     * the one it began with led nowhere.
     */
    public static final AttributeName DECIDE_ANEW = AttributeName.of(Stamp.PREFIX + "decideAnew");

    private Snapshots() {}

    /**
     * The stamp of a mail.
     *
     * @return empty where no handler of Mailflow's saw the mail
     * @throws MessagingException where a stamp is there, but damaged: such a mail must wait, not pass
     */
    public static Optional<Stamp> stamp(Mail mail) throws MessagingException {
        try {
            return Stamps.of(mail);
        } catch (IllegalArgumentException e) {
            throw new MessagingException("the stamp of mail " + mail.getName() + " is damaged: " + e.getMessage(), e);
        }
    }

    /**
     * The stamp of a mail, where a question about its session depends on it.
     *
     * @return empty where this server made the mail
     * @throws MessagingException where nobody can tell how the mail came: its stamp is damaged, or it came by SMTP
     *     without one
     */
    public static Optional<Stamp> session(Mail mail) throws MessagingException {
        Optional<Stamp> stamp = stamp(mail);
        boolean bySmtp = mail.getAttribute(Mail.SMTP_SESSION_ID).isPresent()
                || mail.getAttribute(Mail.SMTP_HELO).isPresent();
        if (stamp.isEmpty() && bySmtp) {
            throw new MessagingException("mail " + mail.getName() + " came by SMTP without a stamp of Mailflow: put "
                    + "coreHandlersPackage=\"org.mailflow.smtp.MailflowHandlers\" into smtpserver.xml");
        }
        return stamp;
    }

    /** The snapshot that a mail is decided on: the one that its session began with, else the current one. */
    public static Mailflow of(Mail mail, Optional<Stamp> stamp, LiveMailflow live) {
        return mail.getAttribute(DECIDE_ANEW).isPresent()
                ? live.current()
                : stamp.map(Stamp::generation).map(live::at).orElseGet(live::current);
    }
}
