package org.mailflow.delivery.custody;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Provider;
import javax.mail.MessagingException;
import org.apache.james.queue.api.MailQueue;
import org.apache.mailet.Mail;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.event.MailEvents;
import org.mailflow.core.model.FaultSchedule;
import org.mailflow.core.model.Mailflow;
import org.mailflow.james.MailFacts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what becomes of a mail after a fault: another try after a while, or the poison repository. The mail is in its new
 * place before this returns.
 */
public final class FaultDesk {

    private static final Logger LOGGER = LoggerFactory.getLogger(FaultDesk.class);

    private final Poison poison;
    private final Provider<LiveMailflow> live;
    private final MailEvents events;
    private final Clock clock;

    /** A desk that sets mail aside there. */
    @Inject
    public FaultDesk(Poison poison, Provider<LiveMailflow> live, MailEvents events, Clock clock) {
        this.poison = poison;
        this.live = live;
        this.events = events;
        this.clock = clock;
    }

    /** The schedule that holds now. */
    FaultSchedule schedule() {
        return mailflow().server().faultSchedule();
    }

    /**
     * Settles a fault.
     *
     * @param failed how often the mail failed, this time included
     * @throws MessagingException where the mail has no new place: it must stay in its old one
     */
    void settle(Fault fault, int failed, MailQueue queue) throws MessagingException {
        Mail mail = fault.mail();
        int tries = schedule().tries();
        LOGGER.error(
                "Mail {} failed in {} of processor {}, try {} of {}",
                mail.getName(),
                fault.place(),
                mail.getState(),
                failed,
                tries,
                fault.cause());
        Optional<Duration> wait = schedule().next(failed);
        if (wait.isEmpty()) {
            setAside(mail, fault.reason(), fault.place(), failed, queue);
            return;
        }
        FaultMarks.note(mail, failed, fault.reason(), fault.place());
        queue.enQueue(mail, wait.get());
        tell(
                MailEvent.Type.DEFERRED,
                mail,
                "a fault of this server's own, in " + fault.place() + ": " + fault.reason() + "; tried again in "
                        + wait.get().toSeconds() + " s (try " + failed + " of " + tries + ")");
    }

    /**
     * Puts a mail into the poison repository; where that cannot be done, back into its queue for a while.
     *
     * @throws MessagingException where the queue does not take it either: it must stay in its old place
     */
    void setAside(Mail mail, String reason, String place, int failed, MailQueue queue) throws MessagingException {
        String repository;
        try {
            FaultMarks.poison(mail, reason, place, failed, clock.instant());
            repository = poison.keep(mail);
        } catch (Exception | Error e) {
            LOGGER.error("Mail {} cannot be set aside; it stays in its queue", mail.getName(), e);
            FaultMarks.note(mail, failed, reason, place);
            queue.enQueue(mail, schedule().last());
            tell(MailEvent.Type.DEFERRED, mail, "it cannot be set aside: " + e);
            return;
        }
        LOGGER.error("Mail {} is set aside in {} after {} tries: {}", mail.getName(), repository, failed, reason);
        tell(
                MailEvent.Type.SET_ASIDE,
                mail,
                "in " + repository + " after " + failed + " tries; in " + place + ": " + reason);
    }

    /** The mail is safe already: nothing that goes wrong here may touch it. */
    private void tell(MailEvent.Type type, Mail mail, String reason) {
        try {
            events.record(MailFacts.event(type, mailflow(), mail).reason(reason).build());
        } catch (RuntimeException | Error e) {
            LOGGER.error("Nothing can be told of mail {}", mail.getName(), e);
        }
    }

    private Mailflow mailflow() {
        return live.get().current();
    }
}
