package org.mailflow.delivery;

import org.apache.james.queue.api.MailQueue.MailQueueItem;

/**
 * An item of a queue whose mail changes its place in one step. What is enqueued while it is handled, into whatever queue
 * of the same store, is there once the item is done with successfully, and otherwise never was: a server that dies in
 * between neither loses a copy nor sends one twice.
 */
public interface TransactedItem extends MailQueueItem {

    /**
     * Does what is to be done with the mail, {@link #done} included. All that it enqueues on the calling thread belongs to
     * the step.
     */
    void handle(Runnable handling);

    /** Handles an item in one step where its queue can do that; where not, step by step. */
    static void handle(MailQueueItem item, Runnable handling) {
        if (item instanceof TransactedItem transacted) {
            transacted.handle(handling);
        } else {
            handling.run();
        }
    }
}
