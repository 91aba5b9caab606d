package org.mailflow.assembly.queue;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.james.queue.api.MailQueue.MailQueueException;
import org.apache.james.queue.api.MailQueue.MailQueueItem;
import org.apache.mailet.Mail;
import org.mailflow.delivery.TransactedItem;

/** Knows in which step a thread is that handles a queued mail. */
final class OpenSteps {
    private final Map<Thread, QueueStep> steps = new ConcurrentHashMap<>();

    /** The step of the mail that the calling thread handles; empty where it handles none. */
    Optional<QueueStep> current() {
        return Optional.ofNullable(steps.get(Thread.currentThread()));
    }

    /** An item, handled from now on in its step. */
    TransactedItem item(MailQueueItem item, QueueStep step) {
        return new Item(item, step);
    }

    private final class Item implements TransactedItem {
        private final MailQueueItem item;
        private final QueueStep step;

        private Item(MailQueueItem item, QueueStep step) {
            this.item = item;
            this.step = step;
        }

        @Override
        public void handle(Runnable handling) {
            steps.put(Thread.currentThread(), step);
            try {
                handling.run();
            } finally {
                steps.remove(Thread.currentThread());
            }
        }

        @Override
        public Mail getMail() {
            return item.getMail();
        }

        /** Ends the step: what the thread enqueues afterwards, for example for another try, is on its own. */
        @Override
        public void done(CompletionStatus status) throws MailQueueException {
            steps.remove(Thread.currentThread());
            item.done(status);
        }
    }
}
