package org.mailflow.assembly.queue;

import com.google.common.collect.Lists;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.metrics.api.Metric;
import org.apache.james.metrics.api.TimeMetric;
import org.apache.james.queue.api.MailPrioritySupport;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.queue.api.ManageableMailQueue;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.Mail;
import org.jspecify.annotations.Nullable;
import org.mailflow.delivery.QueueStore.View;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** One queue: its mails are in the store, and their order is in memory. */
final class DurableQueue implements ManageableMailQueue {

    /** So many envelopes are in memory together when many change. */
    private static final int AT_ONCE = 500;

    private final MailQueueName name;
    private final QueueParts parts;
    private final QueueIndex index;
    private final Metric enqueued;
    private final Metric dequeued;

    DurableQueue(MailQueueName name, QueueParts parts) {
        this.name = name;
        this.parts = parts;
        this.index = new QueueIndex(parts.clock());
        this.enqueued = parts.metrics().generate(ENQUEUED_METRIC_NAME_PREFIX + name.asString());
        this.dequeued = parts.metrics().generate(DEQUEUED_METRIC_NAME_PREFIX + name.asString());
        parts.gauges().register(QUEUE_SIZE_METRIC_NAME_PREFIX + name.asString(), this::getSize);
    }

    QueueIndex index() {
        return index;
    }

    @Override
    public MailQueueName getName() {
        return name;
    }

    @Override
    public void enQueue(Mail mail) throws MailQueueException {
        enQueue(mail, Duration.ZERO);
    }

    @Override
    public Publisher<Void> enqueueReactive(Mail mail) {
        return Mono.fromCallable(() -> {
                    enQueue(mail);
                    return Optional.<Void>empty();
                })
                .then();
    }

    /** On disk when this returns; within a step, when the step is over. */
    @Override
    public void enQueue(Mail mail, Duration delay) throws MailQueueException {
        TimeMetric time = parts.metrics().timer(ENQUEUED_TIMER_METRIC_NAME_PREFIX + name.asString());
        try {
            Optional<QueueStep> open = parts.steps().current();
            if (open.isPresent()) {
                putInto(open.get(), mail, delay);
            } else {
                putAlone(mail, delay);
            }
            enqueued.increment();
        } catch (MailQueueException e) {
            throw e;
        } catch (MessagingException | RuntimeException e) {
            throw new MailQueueException("mail " + mail.getName() + " cannot be enqueued", e);
        } finally {
            time.stopAndPublish();
        }
    }

    private void putAlone(Mail mail, Duration delay) throws MessagingException {
        try (QueueStep step = new QueueStep(parts.store(), parts.bodies())) {
            putInto(step, mail, delay);
            step.commitSynced();
        } catch (IOException e) {
            throw trouble(e);
        }
    }

    /**
     * Puts a mail into this queue when the step is over.
     *
     * @throws MailQueueException where the store cannot be written
     * @throws MessagingException where the mail cannot be read
     */
    void putInto(QueueStep step, Mail mail, Duration delay) throws MessagingException {
        try {
            byte[] envelope = parts.envelopes().write(mail);
            MimeMessage message = mail.getMessage();
            OptionalLong stored = StoredBody.numberOf(message, parts.bodies());
            if (stored.isPresent()
                    && step.putSharing(
                            index, queued(mail, delay, stored.getAsLong(), mail.getMessageSize()), envelope)) {
                return;
            }
            byte[] body = StoredBody.octetsOf(message, mail.getMessageSize());
            step.put(index, queued(mail, delay, parts.numbers().incrementAndGet(), body.length), envelope, body);
        } catch (IOException e) {
            throw trouble(e);
        }
    }

    private QueuedMail queued(Mail mail, Duration delay, long body, long size) {
        int priority = AttributeUtils.getValueAndCastFromMail(mail, MailPrioritySupport.MAIL_PRIORITY, Integer.class)
                .map(wanted ->
                        Math.min(Math.max(wanted, MailPrioritySupport.LOW_PRIORITY), MailPrioritySupport.HIGH_PRIORITY))
                .orElse(MailPrioritySupport.NORMAL_PRIORITY);
        return new QueuedMail(
                parts.numbers().incrementAndGet(), name, mail.getName(), priority, dueAfter(delay), body, size);
    }

    private long dueAfter(Duration delay) {
        long now = parts.clock().millis();
        try {
            return Math.addExact(now, Math.max(delay.toMillis(), 0));
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    /** Mails leave with a step. */
    void commit(QueueStep step, List<QueuedMail> leaving) throws MailQueueException {
        try {
            step.commit(leaving);
            leaving.forEach(index::remove);
        } catch (IOException e) {
            throw trouble(e);
        }
    }

    private MailQueueException trouble(IOException e) {
        return new MailQueueException("queue " + name.asString() + " failed", e);
    }

    /** One mail at a time, when somebody asks for it. Who reads waits on a thread of his own. */
    @Override
    public Flux<MailQueueItem> deQueue() {
        return Flux.using(
                () -> Schedulers.newSingle("dequeue-" + name.asString(), true),
                thread -> Flux.generate(this::next).subscribeOn(thread),
                Scheduler::dispose);
    }

    private void next(SynchronousSink<MailQueueItem> sink) {
        try {
            QueuedMail taken = index.take(() -> !parts.holds().isHeld(name));
            while (taken != null) {
                MailQueueItem item = item(taken);
                if (item != null) {
                    parts.drain().pass(name, item, sink);
                    return;
                }
                taken = index.take(() -> !parts.holds().isHeld(name));
            }
            sink.complete();
        } catch (InterruptedException e) {
            // Whoever waited was told to wait no longer.
            Thread.currentThread().interrupt();
            sink.complete();
        } catch (MailQueueException e) {
            sink.error(e);
        } catch (RuntimeException | Error e) {
            // Reactor takes some errors for fatal, and would end the stream without anybody knowing.
            sink.error(new MailQueueException("queue " + name.asString() + " cannot be read", new Exception(e)));
        }
    }

    private @Nullable MailQueueItem item(QueuedMail taken) throws MailQueueException {
        boolean handedOut = false;
        try {
            QueueStep step = new QueueStep(parts.store(), parts.bodies());
            MailQueueItem item = new DurableItem(this, taken, mail(taken), step);
            MailQueueItem decorated = parts.steps().item(parts.decorators().decorate(item, name), step);
            dequeued.increment();
            handedOut = true;
            return decorated;
        } catch (UnreadableMailException e) {
            keepUnreadable(taken, e);
            handedOut = true;
            return null;
        } finally {
            if (!handedOut) {
                index.giveBack(taken);
            }
        }
    }

    /** A mail that cannot be made of what is stored would come again for ever, before all others. */
    private void keepUnreadable(QueuedMail taken, UnreadableMailException cause) throws MailQueueException {
        try (QueueStep step = new QueueStep(parts.store(), parts.bodies())) {
            parts.unreadable()
                    .keep(taken, parts.store().mail(taken.id()), parts.store().body(taken.body()), cause);
            commit(step, List.of(taken));
        } catch (IOException e) {
            index.giveBack(taken);
            throw trouble(e);
        }
    }

    /**
     * Makes the mail, with its message.
     *
     * @throws UnreadableMailException where it cannot be made of what is stored
     * @throws MailQueueException where the store cannot be read
     */
    Mail mail(QueuedMail queued) throws MailQueueException {
        MailImpl mail = envelope(queued).orElseThrow(() -> new UnreadableMailException(queued, "is not in the store"));
        try {
            byte[] body = parts.store()
                    .body(queued.body())
                    .orElseThrow(() -> new UnreadableMailException(queued, "has no message in the store"));
            mail.setMessageContent(new StoredBody(parts.bodies(), queued.body(), body));
            return mail;
        } catch (IOException e) {
            throw trouble(e);
        } catch (MailQueueException e) {
            throw e;
        } catch (MessagingException e) {
            throw new UnreadableMailException(queued, e);
        }
    }

    /** Without its message; empty where it left in between. */
    private Optional<MailImpl> envelope(QueuedMail queued) throws MailQueueException {
        Optional<byte[]> stored;
        try {
            stored = parts.store().mail(queued.id());
        } catch (IOException e) {
            throw trouble(e);
        }
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(parts.envelopes().read(queued.name(), QueuedMail.envelope(stored.get())));
        } catch (IOException e) {
            throw new UnreadableMailException(queued, e);
        }
    }

    /** Shows a mail as long as the viewer looks; nothing where it left in between. */
    void show(QueuedMail queued, boolean withMessage, Consumer<View> viewer) throws MailQueueException {
        Optional<MailImpl> shown = envelope(queued);
        if (shown.isEmpty()) {
            return;
        }
        MailImpl mail = shown.get();
        try {
            Optional<byte[]> body = withMessage ? parts.store().body(queued.body()) : Optional.empty();
            if (body.isPresent()) {
                mail.setMessageContent(new StoredBody(parts.bodies(), queued.body(), body.get()));
            }
            viewer.accept(new View(mail, Instant.ofEpochMilli(queued.due()), queued.size()));
        } catch (IOException | MessagingException e) {
            throw new MailQueueException("mail " + queued.name() + " cannot be shown", e);
        } finally {
            LifecycleUtil.dispose(mail);
        }
    }

    @Override
    public long getSize() {
        return index.size();
    }

    @Override
    public long flush() throws MailQueueException {
        long now = parts.clock().millis();
        // In hand meanwhile: one that left would be stored again.
        List<QueuedMail> waiting = index.takeWaiting();
        int hurried = 0;
        try {
            for (List<QueuedMail> some : Lists.partition(waiting, AT_ONCE)) {
                List<QueuedMail> due =
                        some.stream().map(mail -> mail.dueAt(now)).toList();
                store(due);
                due.forEach(index::giveBack);
                hurried += due.size();
            }
        } catch (IOException e) {
            throw trouble(e);
        } finally {
            waiting.subList(hurried, waiting.size()).forEach(index::giveBack);
        }
        return hurried;
    }

    /** Stores mails as they are known now. */
    private void store(List<QueuedMail> mails) throws IOException {
        MailStore.Changes changes = parts.store().changes();
        for (QueuedMail mail : mails) {
            Optional<byte[]> stored = parts.store().mail(mail.id());
            if (stored.isPresent()) {
                changes.putMail(mail.id(), mail.stored(QueuedMail.envelope(stored.get())));
            }
        }
        changes.writeLazily();
    }

    @Override
    public long clear() throws MailQueueException {
        return removeWhere(mail -> true);
    }

    @Override
    public long remove(Type type, String value) throws MailQueueException {
        return switch (type) {
            case Name -> removeWhere(mail -> mail.getName().equals(value));
            case Sender ->
                removeWhere(mail -> mail.getMaybeSender().asString("").equals(value));
            case Recipient ->
                removeWhere(mail -> mail.getRecipients().stream()
                        .anyMatch(each -> each.asString().equals(value)));
        };
    }

    private long removeWhere(Predicate<Mail> condition) throws MailQueueException {
        Set<Long> meant = index.mails().stream()
                .filter(queued -> isMeant(queued, condition))
                .map(QueuedMail::id)
                .collect(Collectors.toSet());
        List<QueuedMail> taken = index.takeNumbered(meant);
        try (QueueStep step = new QueueStep(parts.store(), parts.bodies())) {
            commit(step, taken);
        }
        return taken.size();
    }

    private boolean isMeant(QueuedMail queued, Predicate<Mail> condition) {
        try {
            return envelope(queued).map(condition::test).orElse(false);
        } catch (MailQueueException e) {
            return false;
        }
    }

    @Override
    public MailQueueIterator browse() {
        Iterator<MailQueueItemView> views =
                index.mails().stream().map(this::view).flatMap(Optional::stream).iterator();
        return new MailQueueIterator() {
            @Override
            public void close() {
                // Nothing is open.
            }

            @Override
            public boolean hasNext() {
                return views.hasNext();
            }

            @Override
            public MailQueueItemView next() {
                return views.next();
            }
        };
    }

    private Optional<MailQueueItemView> view(QueuedMail queued) {
        try {
            return Optional.of(new DefaultMailQueueItemView(
                    mail(queued), ZonedDateTime.ofInstant(Instant.ofEpochMilli(queued.due()), ZoneOffset.UTC)));
        } catch (MailQueueException e) {
            return Optional.empty();
        }
    }

    /** Hands out no more mail. */
    @Override
    public void close() {
        index.close();
    }
}
