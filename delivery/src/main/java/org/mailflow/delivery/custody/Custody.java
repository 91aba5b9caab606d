package org.mailflow.delivery.custody;

import java.time.Duration;
import java.util.List;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueue.MailQueueException;
import org.apache.james.queue.api.MailQueue.MailQueueItem;
import org.apache.mailet.Mail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes care of a mail from the moment that it leaves its queue: it is noted down before it is touched, so that a mail that
 * ends the process is known at the next start; its faults are settled before the queue forgets it.
 */
public final class Custody {

    private static final Logger LOGGER = LoggerFactory.getLogger(Custody.class);
    private static final Duration TURN = Duration.ofSeconds(10);
    private static final String PROCESS = "the process";
    private static final String QUEUE = "the queue";

    private final InHand inHand;
    private final FaultDesk desk;

    /** Notes mail down there, and settles faults at this desk. */
    @Inject
    public Custody(InHand inHand, FaultDesk desk) {
        this.inHand = inHand;
        this.desk = desk;
    }

    /**
     * Works on a mail.
     *
     * @throws MessagingException where the mail, or a part of it, has no new place: the item is still to be given back, a
     *     {@link GiveBack} says when
     */
    public void handle(MailQueueItem item, MailQueue queue, Work work) throws MessagingException {
        try {
            take(item, queue, work);
        } catch (MailQueueException e) {
            throw GiveBack.after(desk.schedule().intervals().get(0), e);
        }
    }

    private void take(MailQueueItem item, MailQueue queue, Work work) throws MessagingException {
        Mail mail = item.getMail();
        InHand.Key key = new InHand.Key(queue.getName().asString(), mail.getName());
        int endings = inHand.endings(key);
        int failed = FaultMarks.failed(mail) + endings;
        if (failed > 0 && desk.schedule().next(failed).isEmpty()) {
            setAside(mail, endings, failed, queue);
            item.done(MailQueueItem.CompletionStatus.SUCCESS);
            inHand.end(key);
        } else if (inHand.begin(key)) {
            try {
                work(mail, queue, work, failed);
                item.done(MailQueueItem.CompletionStatus.SUCCESS);
            } catch (MessagingException | RuntimeException | Error e) {
                if (QueueTrouble.isAll(e)) {
                    inHand.givenBack(key);
                    throw e;
                }
                inHand.failed(key);
                throw GiveBack.after(desk.schedule().next(failed + 1).orElseGet(desk.schedule()::last), e);
            }
            inHand.end(key);
        } else {
            LOGGER.warn(
                    "Mail {} waits: another that was in hand when the process ended is tried first", mail.getName());
            queue.enQueue(mail, TURN);
            item.done(MailQueueItem.CompletionStatus.SUCCESS);
        }
    }

    /** For the reason that was noted with its last fault, unless there were endings besides. */
    private void setAside(Mail mail, int endings, int failed, MailQueue queue) throws MessagingException {
        if (endings > 0) {
            String reason = "the process ended, or the mail could not be put anywhere, " + endings
                    + " times while it was in hand";
            desk.setAside(
                    mail,
                    FaultMarks.reason(mail)
                            .map(before -> reason + "; before that: " + before)
                            .orElse(reason),
                    PROCESS,
                    failed,
                    queue);
        } else {
            desk.setAside(
                    mail,
                    FaultMarks.reason(mail).orElse("it failed " + failed + " times"),
                    FaultMarks.place(mail).orElse(QUEUE),
                    failed,
                    queue);
        }
    }

    private void work(Mail mail, MailQueue queue, Work work, int failed) throws MessagingException {
        FaultMarks.forget(mail);
        List<Fault> faults = work.run(mail);
        for (Fault fault : faults) {
            try {
                desk.settle(fault, failed + 1, queue);
            } finally {
                LifecycleUtil.dispose(fault.mail());
            }
        }
    }
}
