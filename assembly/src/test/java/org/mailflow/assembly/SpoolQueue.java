package org.mailflow.assembly;

import javax.inject.Inject;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.ManageableMailQueue;

/** The spool of a server. */
final class SpoolQueue {
    private final MailQueueFactory<? extends ManageableMailQueue> queues;

    @Inject
    SpoolQueue(MailQueueFactory<? extends ManageableMailQueue> queues) {
        this.queues = queues;
    }

    ManageableMailQueue queue() {
        return queues.createQueue(MailQueueFactory.SPOOL);
    }
}
