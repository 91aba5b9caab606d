package org.mailflow.integration;

import javax.inject.Inject;
import org.apache.james.queue.api.MailQueue.MailQueueException;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.queue.api.ManageableMailQueue;

/** A running server's queues, seen from inside. */
final class QueueSizes {

    private final MailQueueFactory<? extends ManageableMailQueue> queues;

    @Inject
    QueueSizes(MailQueueFactory<? extends ManageableMailQueue> queues) {
        this.queues = queues;
    }

    /** How many mails are in all of them together, those that are being worked on included. */
    long sum() throws MailQueueException {
        long mails = 0;
        for (MailQueueName name : queues.listCreatedMailQueues()) {
            mails += queues.getQueue(name).orElseThrow().getSize();
        }
        return mails;
    }
}
