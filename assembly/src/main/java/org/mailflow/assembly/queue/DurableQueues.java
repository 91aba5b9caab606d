package org.mailflow.assembly.queue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.jms.DeliveryMode;
import javax.jms.JMSException;
import javax.jms.Message;
import javax.jms.MessageConsumer;
import javax.jms.MessageProducer;
import javax.jms.ObjectMessage;
import javax.jms.QueueBrowser;
import javax.jms.Session;
import javax.mail.MessagingException;
import org.apache.activemq.command.ActiveMQMessage;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.queue.activemq.ActiveMQCacheableMailQueue;
import org.apache.james.queue.activemq.ActiveMQMailQueueFactory;
import org.apache.james.queue.activemq.metric.ActiveMQMetricCollectorNoop;
import org.apache.james.queue.api.MailQueueItemDecoratorFactory;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.queue.api.ManageableMailQueue;
import org.apache.james.queue.jms.JMSSupport;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.Mail;
import org.jspecify.annotations.Nullable;
import org.mailflow.delivery.QueueHolds;
import org.mailflow.delivery.QueueStore;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

/**
 * James' ActiveMQ queues with all of a mail in the journal, with one step from queue to queue ({@link
 * org.mailflow.delivery.TransactedItem}), and with a {@link Drain} at their outlet.
 */
final class DurableQueues extends ActiveMQMailQueueFactory implements QueueStore {
    /** James' blob messages keep the body in a file beside the journal that nobody syncs. */
    private static final boolean BODY_IN_BLOB = false;
    /** A selector that no mail matches. */
    private static final String NOTHING = "1 = 0";
    /** Whoever looks at a queue is sent mails before he asks for each. */
    private static final String AHEAD = "?consumer.prefetchSize=100";
    /** How long the broker may take to find a mail that is there. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    /** Due at once, as James writes it. */
    private static final long NO_DELAY_DUE = -1;

    private final EmbeddedBroker broker;
    private final UnreadableMails unreadable;
    private final Drain drain;
    private final QueueHolds holds;
    private final OpenTransactions transactions = new OpenTransactions();

    DurableQueues(
            EmbeddedBroker broker,
            MailQueueItemDecoratorFactory decorators,
            MetricFactory metrics,
            GaugeRegistry gauges,
            UnreadableMails unreadable,
            Drain drain,
            QueueHolds holds) {
        super(broker.connectionFactory(), decorators, metrics, gauges, new ActiveMQMetricCollectorNoop());
        this.broker = broker;
        this.unreadable = unreadable;
        this.drain = drain;
        this.holds = holds;
        setUseBlobMessages(BODY_IN_BLOB);
        setUseJMX(false);
    }

    @Override
    protected ManageableMailQueue createCacheableMailQueue(MailQueueName name) {
        return new DurableQueue(name);
    }

    @Override
    public void browse(MailQueueName queue, Consumer<View> viewer) throws MessagingException {
        queue(queue).browseAll(viewer);
    }

    @Override
    public void show(MailQueueName queue, String name, Consumer<View> viewer) throws MessagingException {
        queue(queue).browse(named(List.of(name)), viewer);
    }

    @Override
    public Set<String> inHand(MailQueueName queue) {
        return drain.inHand(queue);
    }

    @Override
    public Set<String> transfer(MailQueueName queue, Collection<String> names, Action action)
            throws MessagingException {
        return queue(queue).transfer(names, action);
    }

    private DurableQueue queue(MailQueueName name) {
        return (DurableQueue) createQueue(name);
    }

    /** A selector for these names. Whatever a name holds, it ends where its literal ends (JMS 1.1, 3.8.1.1). */
    private static String named(Collection<String> names) {
        return JMSSupport.JAMES_MAIL_NAME
                + names.stream()
                        .map(name -> "'" + name.replace("'", "''") + "'")
                        .collect(Collectors.joining(", ", " IN (", ")"));
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
            return Flux.<MailQueueItem>generate(this::next).handle(this::pass);
        }

        /** As the broker counts. James asks it by a message, and where the answer takes long, reads every mail instead. */
        @Override
        public long getSize() throws MailQueueException {
            return broker.contents(queueName).mails();
        }

        /** What was taken in the moment in which the queue was held goes back. */
        private void pass(MailQueueItem item, SynchronousSink<MailQueueItem> sink) {
            if (!holds.isHeld(queueName)) {
                drain.pass(queueName, item, sink);
                return;
            }
            try {
                item.done(MailQueueItem.CompletionStatus.RETRY);
            } catch (MailQueueException e) {
                sink.error(e);
            }
        }

        /** Nothing is due in a queue on hold. */
        @Override
        protected String getMessageSelector() {
            return holds.isHeld(queueName) ? NOTHING : super.getMessageSelector();
        }

        private void browseAll(Consumer<View> viewer) throws MessagingException {
            EmbeddedBroker.Contents before = broker.contents(queueName);
            long shown = browse(Bodies.WITHOUT, viewer);
            long left = broker.contents(queueName).left() - before.left();
            if (shown < before.mails() - left) {
                throw new MailQueueException("at least " + shown + " of the " + before.mails() + " mails of queue "
                        + queueName.asString() + " are there and can be shown; the broker looks no further");
            }
        }

        private long browse(String selector, Consumer<View> viewer) throws MessagingException {
            long shown = 0;
            try (Session own = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
                    QueueBrowser browser = own.createBrowser(own.createQueue(queueName.asString() + AHEAD), selector)) {
                Enumeration<?> messages = browser.getEnumeration();
                while (messages.hasMoreElements()) {
                    show((Message) messages.nextElement(), viewer);
                    shown++;
                }
                return shown;
            } catch (JMSException e) {
                throw new MailQueueException("queue " + queueName.asString() + " cannot be browsed", e);
            }
        }

        private void show(Message message, Consumer<View> viewer) throws JMSException, MessagingException {
            Mail mail = hasBody(message)
                    ? createMail(message)
                    : populateMail(message).build();
            try {
                boolean atOnce = message.propertyExists(FORCE_DELIVERY);
                Instant due = Instant.ofEpochMilli(atOnce ? 0 : message.getLongProperty(JAMES_NEXT_DELIVERY));
                viewer.accept(new View(mail, due, message.getLongProperty(JAMES_MAIL_MESSAGE_SIZE)));
            } finally {
                LifecycleUtil.dispose(mail);
            }
        }

        private static boolean hasBody(Message message) {
            return !(message instanceof ActiveMQMessage known) || known.getContent() != null;
        }

        private Set<String> transfer(Collection<String> names, Action action) throws MessagingException {
            Set<String> taken = new LinkedHashSet<>();
            try (Session own = connection.createSession(true, Session.SESSION_TRANSACTED)) {
                try (MessageConsumer consumer =
                        own.createConsumer(own.createQueue(queueName.asString()), named(names))) {
                    Message message = next(consumer, names, taken);
                    while (message != null) {
                        Mail mail = createMail(message);
                        try {
                            taken.add(mail.getName());
                            action.apply(mail, (made, to, delay) -> send(own, made, to, delay));
                        } finally {
                            LifecycleUtil.dispose(mail);
                        }
                        message = next(consumer, names, taken);
                    }
                    own.commit();
                } catch (JMSException | MessagingException | RuntimeException e) {
                    rollback(own);
                    throw e;
                }
            } catch (JMSException e) {
                throw new MailQueueException("queue " + queueName.asString() + " failed", e);
            }
            return taken;
        }

        private @Nullable Message next(MessageConsumer consumer, Collection<String> names, Set<String> taken)
                throws JMSException {
            return taken.size() == names.size() ? null : consumer.receive(PATIENCE.toMillis());
        }

        private void send(Session own, Mail mail, MailQueueName to, Duration delay) throws MessagingException {
            try {
                long due = delay.isZero() ? NO_DELAY_DUE : computeNextDeliveryTimestamp(delay);
                int priority = AttributeUtils.getValueAndCastFromMail(mail, MAIL_PRIORITY, Integer.class)
                        .orElse(NORMAL_PRIORITY);
                queue(to).produceIn(own, getJMSProperties(mail, due), priority, mail);
            } catch (JMSException | IOException e) {
                throw new MailQueueException("mail " + mail.getName() + " cannot be put into " + to.asString(), e);
            }
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
            write(mail, content);
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

        /** What the mail itself makes impossible must not look like trouble of the store's. */
        private static void write(Mail mail, ByteArrayOutputStream content) throws MessagingException {
            try {
                mail.getMessage().writeTo(content);
            } catch (IOException e) {
                throw new MessagingException("the content of mail " + mail.getName() + " cannot be read", e);
            }
        }
    }
}
