package org.mailflow.assembly.queue;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.james.queue.api.MailQueue.MailQueueException;
import org.apache.james.queue.api.MailQueue.MailQueueItem;
import org.apache.mailet.Mail;

/** A mail that was taken out of a queue: in its queue still, for whoever looks after a crash, until it is done with. */
final class DurableItem implements MailQueueItem {
    private final DurableQueue queue;
    private final QueuedMail queued;
    private final Mail mail;
    private final QueueStep step;
    private final AtomicBoolean done = new AtomicBoolean();

    DurableItem(DurableQueue queue, QueuedMail queued, Mail mail, QueueStep step) {
        this.queue = queue;
        this.queued = queued;
        this.mail = mail;
        this.step = step;
    }

    @Override
    public Mail getMail() {
        return mail;
    }

    /** A second call changes nothing. */
    @Override
    public void done(CompletionStatus status) throws MailQueueException {
        if (!done.compareAndSet(false, true)) {
            return;
        }
        boolean gone = false;
        try (step) {
            if (status == CompletionStatus.SUCCESS) {
                queue.commit(step, List.of(queued));
                gone = true;
            }
        } finally {
            if (!gone) {
                queue.index().giveBack(queued);
            }
        }
    }
}
