package org.mailflow.benchmarks;

import com.codahale.metrics.MetricRegistry;
import java.nio.file.Path;
import java.time.Clock;
import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.apache.james.metrics.dropwizard.DropWizardMetricFactory;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.apache.james.queue.memory.MemoryMailQueueFactory;
import org.mailflow.assembly.queue.Drain;
import org.mailflow.assembly.queue.DurableQueues;
import org.mailflow.assembly.queue.MailStore;
import org.mailflow.delivery.QueueHolds;

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

    /** In the assembly's store: a mail is synced to the disk, with its body, before it is answered. */
    static Spool inStore(Path directory) throws Exception {
        MailStore store = MailStore.open(directory.resolve("store"), failure -> {
            throw new IllegalStateException(failure);
        });
        DurableQueues queues = DurableQueues.over(
                store,
                new RawMailQueueItemDecoratorFactory(),
                new DropWizardMetricFactory(new MetricRegistry()),
                new NoopGaugeRegistry(),
                directory.resolve("unreadable"),
                new Drain(),
                QueueHolds.inMemory(),
                Clock.systemUTC());
        return new Spool(queues, () -> {
            queues.close();
            store.close();
        });
    }

    @Override
    public void close() {
        end.run();
    }
}
