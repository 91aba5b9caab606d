package org.mailflow.delivery;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.queue.api.MailQueueName;
import org.apache.mailet.Mail;
import org.mailflow.core.operation.MailFilter;
import org.mailflow.core.operation.MailState;
import org.mailflow.core.operation.OperationException;
import org.mailflow.core.operation.QueueKind;
import org.mailflow.core.operation.QueuedMail;
import org.mailflow.delivery.custody.Probes;

/** Looks into queues. */
final class QueueInventory {

    /**
     * A mail and where it is.
     *
     * @param mail what an operator sees of it
     * @param store the queue that it is in; a held mail is not in the queue where it belongs
     * @param kind of the queue where it belongs
     */
    record Entry(QueuedMail mail, MailQueueName store, QueueKind kind) {}

    private final QueueStore store;
    private final Clock clock;

    QueueInventory(QueueStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * The mails that are meant.
     *
     * @throws OperationException where there is no such queue, or one cannot be read
     */
    List<Entry> find(QueueWords words, MailFilter filter) throws OperationException {
        List<Entry> found = new ArrayList<>();
        MailFilter exact = filter;
        if (filter.queue().isPresent()) {
            OperatedQueue queue = words.find(filter.queue().get());
            exact = new MailFilter(
                    filter.ids(), Optional.of(queue.word()), filter.from(), filter.to(), filter.reason());
            browse(words, queue.name(), exact, found);
        } else {
            for (OperatedQueue queue : words.all()) {
                browse(words, queue.name(), exact, found);
            }
        }
        browse(words, HeldMail.QUEUE, exact, found);
        return found;
    }

    /**
     * One mail with its message, as the viewer sees it as long as it is shown.
     *
     * @return empty where it is in no queue
     * @throws OperationException where a queue cannot be read
     */
    <T> Optional<T> show(QueueWords words, String id, BiFunction<QueuedMail, Mail, T> viewer)
            throws OperationException {
        List<T> seen = new ArrayList<>();
        List<MailQueueName> names =
                new ArrayList<>(words.all().stream().map(OperatedQueue::name).toList());
        names.add(HeldMail.QUEUE);
        for (MailQueueName queue : names) {
            look(
                    words,
                    queue,
                    (viewed, view) -> seen.add(viewer.apply(viewed.mail(), view.mail())),
                    each -> store.show(queue, id, each));
            if (!seen.isEmpty()) {
                break;
            }
        }
        return seen.stream().findFirst();
    }

    private void browse(QueueWords words, MailQueueName queue, MailFilter filter, List<Entry> found)
            throws OperationException {
        look(
                words,
                queue,
                (entry, view) -> {
                    if (filter.matches(entry.mail())) {
                        found.add(entry);
                    }
                },
                each -> store.browse(queue, each));
    }

    /** A way to look into a queue. */
    private interface Look {
        void at(Consumer<QueueStore.View> viewer) throws MessagingException;
    }

    private void look(QueueWords words, MailQueueName queue, BiConsumer<Entry, QueueStore.View> viewer, Look look)
            throws OperationException {
        Set<String> inHand = store.inHand(queue);
        Instant now = clock.instant();
        try {
            look.at(view -> {
                // A probe is nobody's mail.
                if (Probes.id(view.mail()).isEmpty()) {
                    viewer.accept(entry(words, queue, view, inHand, now), view);
                }
            });
        } catch (MessagingException e) {
            throw OperationException.failed("queue " + words.word(queue) + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Entry entry(
            QueueWords words, MailQueueName queue, QueueStore.View view, Set<String> inHand, Instant now) {
        Mail mail = view.mail();
        MailQueueName belongs =
                queue.equals(HeldMail.QUEUE) ? HeldMail.from(mail).orElse(queue) : queue;
        MailState state = state(queue, view, inHand, now);
        return new Entry(
                new QueuedMail(
                        mail.getName(),
                        words.word(belongs),
                        state,
                        mail.getMaybeSender().asString(),
                        mail.getRecipients().stream().map(MailAddress::asString).toList(),
                        view.size(),
                        Tries.since(mail).orElseGet(() -> mail.getLastUpdated().toInstant()),
                        Tries.failures(mail),
                        state == MailState.WAITING ? Optional.of(view.due()) : Optional.empty(),
                        Tries.lastTry(mail),
                        Tries.lastReply(mail)),
                queue,
                words.kind(belongs));
    }

    private static MailState state(MailQueueName queue, QueueStore.View view, Set<String> inHand, Instant now) {
        if (queue.equals(HeldMail.QUEUE)) {
            return MailState.HELD;
        }
        if (inHand.contains(view.mail().getName())) {
            return MailState.IN_DELIVERY;
        }
        return view.due().isAfter(now) ? MailState.WAITING : MailState.READY;
    }
}
