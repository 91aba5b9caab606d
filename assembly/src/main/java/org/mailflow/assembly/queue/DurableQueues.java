package org.mailflow.assembly.queue;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import javax.jms.ConnectionFactory;
import javax.jms.JMSException;
import javax.jms.Message;
import javax.jms.MessageConsumer;
import javax.jms.Session;
import javax.mail.MessagingException;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.queue.activemq.ActiveMQCacheableMailQueue;
import org.apache.james.queue.activemq.ActiveMQMailQueueFactory;
import org.apache.james.queue.activemq.metric.ActiveMQMetricCollectorNoop;
import org.apache.james.queue.api.MailQueueItemDecoratorFactory;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.queue.api.ManageableMailQueue;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

/** James' ActiveMQ queues with all of a mail in the journal, and with a {@link Drain} at their outlet. */
final class DurableQueues extends ActiveMQMailQueueFactory {
    /** James' blob messages keep the body in a file beside the journal that nobody syncs. */
    private static final boolean BODY_IN_BLOB = false;

    private final UnreadableMails unreadable;
    private final Drain drain;

    DurableQueues(
            ConnectionFactory connections,
            MailQueueItemDecoratorFactory decorators,
            MetricFactory metrics,
            GaugeRegistry gauges,
            UnreadableMails unreadable,
            Drain drain) {
        super(connections, decorators, metrics, gauges, new ActiveMQMetricCollectorNoop());
        this.unreadable = unreadable;
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

        /**
         * One mail at a time, when somebody asks for it, and no error but as a signal: what Reactor takes for fatal would end
         * the stream without anybody knowing.
         */
        @Override
        public Flux<MailQueueItem> deQueue() {
            return Flux.<MailQueueItem>generate(this::next).handle(drain::pass);
        }

        private void next(SynchronousSink<MailQueueItem> sink) {
            AtomicReference<@Nullable MailQueueItem> taken = new AtomicReference<>();
            AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
            try {
                // On this thread, until there is one.
                super.deQueue().next().subscribe(taken::set, failure::set);
            } catch (RuntimeException | Error e) {
                failure.set(e);
            }
            MailQueueItem item = taken.get();
            Throwable cause = failure.get();
            if (item != null) {
                sink.next(item);
            } else if (cause instanceof MailQueueException exception) {
                sink.error(exception);
            } else {
                sink.error(new MailQueueException(
                        "Queue " + getName().asString() + " cannot be read", new ExecutionException(cause)));
            }
        }

        /** A mail that cannot be made of what is in the queue would come again for ever, before all others. */
        @Override
        protected Mono<MailQueueItem> createMailQueueItem(Session session, MessageConsumer consumer, Message message)
                throws JMSException, MessagingException {
            try {
                return super.createMailQueueItem(session, consumer, message)
                        .onErrorResume(e -> Mono.fromRunnable(() -> keep(session, consumer, message, e)));
            } catch (JMSException | MessagingException | RuntimeException | Error e) {
                keep(session, consumer, message, e);
                return Mono.empty();
            }
        }

        private void keep(Session session, MessageConsumer consumer, Message message, Throwable cause) {
            try {
                unreadable.keep(getName(), message, cause);
                session.commit();
                consumer.close();
                session.close();
            } catch (IOException | JMSException e) {
                throw new IllegalStateException(
                        "a mail of queue " + getName().asString() + " can be neither read nor kept", e);
            }
        }
    }
}
