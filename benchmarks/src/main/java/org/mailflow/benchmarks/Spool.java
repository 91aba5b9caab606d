package org.mailflow.benchmarks;

import com.codahale.metrics.MetricRegistry;
import java.nio.file.Path;
import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.apache.james.metrics.dropwizard.DropWizardMetricFactory;
import org.apache.james.queue.activemq.ActiveMQMailQueueFactory;
import org.apache.james.queue.activemq.metric.ActiveMQMetricCollectorNoop;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.apache.james.queue.memory.MemoryMailQueueFactory;
import org.mailflow.assembly.queue.EmbeddedBroker;

/**
 * Where a server puts what it accepts.
 *
 * @param queues the queues
 * @param end what is to be done with them at last
 */
record Spool(MailQueueFactory<? extends MailQueue> queues, Runnable end) implements AutoCloseable {

    static Spool inMemory() {
        return new Spool(new MemoryMailQueueFactory(new RawMailQueueItemDecoratorFactory()), () -> {});
    }

    /** In the assembly's broker: a mail is synced to the disk, with its body, before it is answered. */
    static Spool inJournal(Path directory) throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(directory, failure -> {
            throw new IllegalStateException(failure);
        });
        ActiveMQMailQueueFactory queues = new ActiveMQMailQueueFactory(
                broker.connectionFactory(),
                new RawMailQueueItemDecoratorFactory(),
                new DropWizardMetricFactory(new MetricRegistry()),
                new NoopGaugeRegistry(),
                new ActiveMQMetricCollectorNoop());
        queues.setUseBlobMessages(false);
        queues.setUseJMX(false);
        return new Spool(queues, broker::close);
    }

    @Override
    public void close() {
        end.run();
    }
}
