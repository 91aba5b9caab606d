package org.mailflow.assembly.queue;

import javax.annotation.PreDestroy;
import javax.inject.Inject;

/** Closes the queues, then the broker, when the server stops. */
final class QueueLifecycle {
    private final EmbeddedBroker broker;
    private final DurableQueues queues;

    @Inject
    QueueLifecycle(EmbeddedBroker broker, DurableQueues queues) {
        this.broker = broker;
        this.queues = queues;
    }

    DurableQueues queues() {
        return queues;
    }

    @PreDestroy
    void stop() {
        queues.destroy();
        broker.close();
    }
}
