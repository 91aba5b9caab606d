package org.mailflow.assembly.queue;

import javax.annotation.PreDestroy;
import javax.inject.Inject;

/** Closes the queues, then their store, when the server stops. */
final class QueueLifecycle {
    private final MailStore store;
    private final DurableQueues queues;

    @Inject
    QueueLifecycle(MailStore store, DurableQueues queues) {
        this.store = store;
        this.queues = queues;
    }

    DurableQueues queues() {
        return queues;
    }

    @PreDestroy
    void stop() {
        queues.close();
        store.close();
    }
}
