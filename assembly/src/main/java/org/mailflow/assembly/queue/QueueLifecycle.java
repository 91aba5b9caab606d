package org.mailflow.assembly.queue;

import javax.annotation.PreDestroy;
import javax.inject.Inject;
import org.apache.james.queue.activemq.ActiveMQMailQueueFactory;

/** Closes the queues, then the broker, when the server stops. */
final class QueueLifecycle {
    private final EmbeddedBroker broker;
    private final ActiveMQMailQueueFactory queues;

    @Inject
    QueueLifecycle(EmbeddedBroker broker, ActiveMQMailQueueFactory queues) {
        this.broker = broker;
        this.queues = queues;
    }

    ActiveMQMailQueueFactory queues() {
        return queues;
    }

    @PreDestroy
    void stop() {
        queues.destroy();
        broker.close();
    }
}
