package org.mailflow.assembly.queue;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Scopes;
import com.google.inject.Singleton;
import com.google.inject.multibindings.OptionalBinder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.MailQueueItemDecoratorFactory;
import org.apache.james.queue.api.ManageableMailQueue;
import org.mailflow.delivery.QueueHolds;
import org.mailflow.delivery.QueueStore;

/** The queues of the server, {@link DurableQueues}. */
public final class QueueModule extends AbstractModule {
    private final Path directory;

    /** Takes the directory of the queue's store. */
    public QueueModule(Path directory) {
        this.directory = directory;
    }

    @Override
    protected void configure() {
        OptionalBinder.newOptionalBinder(binder(), StoreFailureAction.class)
                .setDefault()
                .to(HaltProcess.class);
        bind(QueueLifecycle.class).in(Scopes.SINGLETON);
    }

    @Provides
    @Singleton
    MailStore store(StoreFailureAction onFailure) throws IOException {
        return MailStore.open(directory.resolve("store"), onFailure);
    }

    @Provides
    @Singleton
    DurableQueues durableQueues(
            MailStore store,
            MailQueueItemDecoratorFactory decorators,
            MetricFactory metrics,
            GaugeRegistry gauges,
            Drain drain,
            QueueHolds holds,
            Clock clock)
            throws IOException {
        Path unreadable = directory.resolveSibling("unreadable");
        return DurableQueues.over(store, decorators, metrics, gauges, unreadable, drain, holds, clock);
    }

    @Provides
    @Singleton
    QueueStore store(QueueLifecycle lifecycle) {
        return lifecycle.queues();
    }

    @Provides
    @Singleton
    MailQueueFactory<? extends ManageableMailQueue> manageableQueues(QueueLifecycle lifecycle) {
        return lifecycle.queues();
    }

    @Provides
    @Singleton
    MailQueueFactory<? extends MailQueue> queues(QueueLifecycle lifecycle) {
        return lifecycle.queues();
    }

    @Provides
    @Singleton
    MailQueueFactory<?> anyQueues(QueueLifecycle lifecycle) {
        return lifecycle.queues();
    }
}
