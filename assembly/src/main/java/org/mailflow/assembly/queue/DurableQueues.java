package org.mailflow.assembly.queue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import javax.mail.MessagingException;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.MailQueueItemDecoratorFactory;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.queue.api.ManageableMailQueue;
import org.mailflow.delivery.QueueHolds;
import org.mailflow.delivery.QueueStore;

/** All queues of a server over one {@link MailStore}, with one step from queue to queue (ADR 3), and a {@link Drain} at the outlet. */
public final class DurableQueues implements MailQueueFactory<ManageableMailQueue>, QueueStore, AutoCloseable {

    private final MailStore store;
    private final QueueParts parts;
    private final Map<MailQueueName, DurableQueue> queues = new ConcurrentHashMap<>();

    private DurableQueues(MailStore store, QueueParts parts) {
        this.store = store;
        this.parts = parts;
    }

    /**
     * The queues of a store, with the mail that is in them.
     *
     * @param unreadable the directory for what is no mail; created when it is needed
     * @throws IOException where the store cannot be read
     */
    public static DurableQueues over(
            MailStore store,
            MailQueueItemDecoratorFactory decorators,
            MetricFactory metrics,
            GaugeRegistry gauges,
            Path unreadable,
            Drain drain,
            QueueHolds holds,
            Clock clock)
            throws IOException {
        QueueParts parts = new QueueParts(
                store,
                new Bodies(),
                new AtomicLong(),
                new OpenSteps(),
                new EnvelopeFormat(),
                decorators,
                metrics,
                gauges,
                new UnreadableMails(unreadable),
                drain,
                holds,
                clock);
        DurableQueues queues = new DurableQueues(store, parts);
        queues.load();
        return queues;
    }

    private void load() throws IOException {
        store.readMails((id, stored) -> {
            QueuedMail mail = QueuedMail.of(id, stored);
            parts.bodies().found(mail.body());
            parts.numbers().accumulateAndGet(Math.max(id, mail.body()), Math::max);
            queue(mail.queue()).index().add(mail);
        });
        LongStream.Builder orphans = LongStream.builder();
        store.readBodyNumbers(body -> {
            parts.numbers().accumulateAndGet(body, Math::max);
            if (!parts.bodies().isUsed(body)) {
                orphans.add(body);
            }
        });
        MailStore.Changes changes = store.changes();
        orphans.build().forEach(changes::deleteBody);
        changes.writeLazily();
    }

    @Override
    public Optional<ManageableMailQueue> getQueue(MailQueueName name, PrefetchCount count) {
        return Optional.ofNullable(queues.get(name));
    }

    @Override
    public ManageableMailQueue createQueue(MailQueueName name, PrefetchCount count) {
        return queue(name);
    }

    private DurableQueue queue(MailQueueName name) {
        return queues.computeIfAbsent(name, key -> new DurableQueue(key, parts));
    }

    @Override
    public Set<MailQueueName> listCreatedMailQueues() {
        return Set.copyOf(queues.keySet());
    }

    @Override
    public void browse(MailQueueName queue, Consumer<View> viewer) throws MessagingException {
        DurableQueue looked = queue(queue);
        for (QueuedMail mail : looked.index().mails()) {
            looked.show(mail, false, viewer);
        }
    }

    @Override
    public void show(MailQueueName queue, String name, Consumer<View> viewer) throws MessagingException {
        DurableQueue looked = queue(queue);
        for (QueuedMail mail : looked.index().mails()) {
            if (mail.name().equals(name)) {
                looked.show(mail, true, viewer);
            }
        }
    }

    @Override
    public Set<String> inHand(MailQueueName queue) {
        return parts.drain().inHand(queue);
    }

    @Override
    public Set<String> transfer(MailQueueName queue, Collection<String> names, Action action)
            throws MessagingException {
        DurableQueue from = queue(queue);
        List<QueuedMail> taken = from.index().takeNamed(Set.copyOf(names));
        boolean moved = false;
        try (QueueStep step = new QueueStep(store, parts.bodies())) {
            for (QueuedMail each : taken) {
                apply(from, each, action, step);
            }
            from.commit(step, taken);
            moved = true;
        } finally {
            if (!moved) {
                taken.forEach(from.index()::giveBack);
            }
        }
        return Set.copyOf(taken.stream().map(QueuedMail::name).toList());
    }

    private void apply(DurableQueue from, QueuedMail each, Action action, QueueStep step) throws MessagingException {
        var mail = from.mail(each);
        try {
            action.apply(mail, (made, to, delay) -> queue(to).putInto(step, made, delay));
        } finally {
            LifecycleUtil.dispose(mail);
        }
    }

    /** Hands out no more mail. */
    @Override
    public void close() {
        queues.values().forEach(DurableQueue::close);
    }
}
