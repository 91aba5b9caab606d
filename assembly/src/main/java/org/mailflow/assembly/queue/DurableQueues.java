package org.mailflow.assembly.queue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import javax.jms.ConnectionFactory;
import javax.jms.DeliveryMode;
import javax.jms.JMSException;
import javax.jms.Message;
import javax.jms.MessageConsumer;
import javax.jms.MessageProducer;
import javax.jms.ObjectMessage;
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
import org.apache.mailet.Mail;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

/**
 * James' ActiveMQ queues with all of a mail in the journal, with one step from queue to queue ({@link
 * org.mailflow.delivery.TransactedItem}), and with a {@link Drain} at their outlet.
 */
final class DurableQueues extends ActiveMQMailQueueFactory {
    /** James' blob messages keep the body in a file beside the journal that nobody syncs. */
    private static final boolean BODY_IN_BLOB = false;

    private final UnreadableMails unreadable;
    private final Drain drain;
    private final OpenTransactions transactions = new OpenTransactions();

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
            } else if (drain.isClosed()) {
                // Whoever waited was interrupted: the server stops.
                sink.complete();
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
                        .<MailQueueItem>map(item -> transactions.item(item, session))
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

        @Override
        protected void produceMail(Map<String, Object> properties, int priority, Mail mail)
                throws JMSException, MessagingException, IOException {
            Optional<Session> open = transactions.current();
            if (open.isPresent()) {
                produceIn(open.get(), properties, priority, mail);
            } else {
                produceAlone(properties, priority, mail);
            }
        }

        /** In a session of its own: in a common one, every mail would wait for the sync of each one before it. */
        private void produceAlone(Map<String, Object> properties, int priority, Mail mail)
                throws JMSException, MessagingException, IOException {
            Session alone = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            try {
                produceIn(alone, properties, priority, mail);
            } finally {
                closeSession(alone);
            }
        }

        private void produceIn(Session session, Map<String, Object> properties, int priority, Mail mail)
                throws JMSException, MessagingException, IOException {
            ByteArrayOutputStream content = new ByteArrayOutputStream((int) Math.max(mail.getMessageSize(), 0));
            mail.getMessage().writeTo(content);
            ObjectMessage message = session.createObjectMessage(content.toByteArray());
            for (Map.Entry<String, Object> property : properties.entrySet()) {
                message.setObjectProperty(property.getKey(), property.getValue());
            }
            MessageProducer producer = session.createProducer(queue);
            try {
                producer.send(message, DeliveryMode.PERSISTENT, priority, Message.DEFAULT_TIME_TO_LIVE);
            } finally {
                closeProducer(producer);
            }
        }
    }
}
