package org.mailflow.assembly.queue;

import javax.jms.ConnectionFactory;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.queue.activemq.ActiveMQCacheableMailQueue;
import org.apache.james.queue.activemq.ActiveMQMailQueueFactory;
import org.apache.james.queue.activemq.metric.ActiveMQMetricCollectorNoop;
import org.apache.james.queue.api.MailQueueItemDecoratorFactory;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.queue.api.ManageableMailQueue;
import reactor.core.publisher.Flux;

/** James' ActiveMQ queues with all of a mail in the journal, and with a {@link Drain} at their outlet. */
final class DurableQueues extends ActiveMQMailQueueFactory {
    /** James' blob messages keep the body in a file beside the journal that nobody syncs. */
    private static final boolean BODY_IN_BLOB = false;

    private final Drain drain;

    DurableQueues(
            ConnectionFactory connections,
            MailQueueItemDecoratorFactory decorators,
            MetricFactory metrics,
            GaugeRegistry gauges,
            Drain drain) {
        super(connections, decorators, metrics, gauges, new ActiveMQMetricCollectorNoop());
        this.drain = drain;
        setUseBlobMessages(BODY_IN_BLOB);
        setUseJMX(false);
    }

    @Override
    protected ManageableMailQueue createCacheableMailQueue(MailQueueName name) {
        return new DurableQueue(name);
    }

    private final class DurableQueue extends ActiveMQCacheableMailQueue {
        private DurableQueue(MailQueueName name) {
            super(
                    DurableQueues.this.connectionFactory,
                    DurableQueues.this.mailQueueItemDecoratorFactory,
                    name,
                    BODY_IN_BLOB,
                    DurableQueues.this.metricFactory,
                    DurableQueues.this.gaugeRegistry);
        }

        @Override
        public Flux<MailQueueItem> deQueue() {
            return super.deQueue().handle(drain::pass);
        }
    }
}
