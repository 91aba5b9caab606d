package org.mailflow.assembly.queue;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Scopes;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import java.nio.file.Path;
import javax.jms.ConnectionFactory;
import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.queue.activemq.ActiveMQHealthCheck;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.MailQueueItemDecoratorFactory;
import org.apache.james.queue.api.ManageableMailQueue;
import org.mailflow.delivery.QueueHolds;
import org.mailflow.delivery.QueueStore;

/** James' ActiveMQ queue on {@link EmbeddedBroker}. */
public final class QueueModule extends AbstractModule {
    private final Path directory;

    /** Takes the directory of the queue's store. */
    public QueueModule(Path directory) {
        this.directory = directory;
    }

    @Override
    protected void configure() {
        OptionalBinder.newOptionalBinder(binder(), JournalFailureAction.class)
                .setDefault()
                .to(HaltProcess.class);
        bind(QueueLifecycle.class).in(Scopes.SINGLETON);
        Multibinder.newSetBinder(binder(), HealthCheck.class).addBinding().to(ActiveMQHealthCheck.class);
    }

    @Provides
    @Singleton
    EmbeddedBroker broker(JournalFailureAction onFailure) throws Exception {
        return EmbeddedBroker.start(directory, onFailure);
    }

    @Provides
    @Singleton
    ConnectionFactory connectionFactory(EmbeddedBroker broker) {
        return broker.connectionFactory();
    }

    @Provides
    @Singleton
    DurableQueues durableQueues(
            EmbeddedBroker broker,
            MailQueueItemDecoratorFactory decorators,
            MetricFactory metrics,
            GaugeRegistry gauges,
            Drain drain,
            QueueHolds holds) {
        UnreadableMails unreadable = new UnreadableMails(directory.resolveSibling("unreadable"));
        return new DurableQueues(broker, decorators, metrics, gauges, unreadable, drain, holds);
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
