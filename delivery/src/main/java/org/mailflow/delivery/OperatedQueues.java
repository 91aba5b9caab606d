package org.mailflow.delivery;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import javax.inject.Inject;
import javax.inject.Provider;
import javax.inject.Singleton;
import javax.mail.MessagingException;
import org.apache.james.mailrepository.api.MailRepository;
import org.apache.james.queue.api.MailQueueName;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.event.MailEvents;
import org.mailflow.core.operation.ActionResult;
import org.mailflow.core.operation.Disposal;
import org.mailflow.core.operation.MailDetails;
import org.mailflow.core.operation.MailFilter;
import org.mailflow.core.operation.MailState;
import org.mailflow.core.operation.OperationException;
import org.mailflow.core.operation.QueueKind;
import org.mailflow.core.operation.QueueOperations;
import org.mailflow.core.operation.QueueSummary;
import org.mailflow.core.operation.QueuedMail;

/** An operator's actions on the queues of this server. */
@Singleton
public final class OperatedQueues implements QueueOperations {

    private final QueueStore store;
    private final QueueInventory inventory;
    private final QueueLedger ledger;
    private final QueueHolds holds;
    private final ConnectorDeliveries deliveries;
    private final DeletedMail deleted;
    private final Provider<LiveMailflow> live;
    private final MailEvents events;
    private final QueueActions actions;

    /** Handles the queues of this store. */
    @Inject
    public OperatedQueues(
            QueueStore store,
            QueueLedger ledger,
            QueueHolds holds,
            ConnectorDeliveries deliveries,
            DeletedMail deleted,
            Provider<LiveMailflow> live,
            MailEvents events,
            Clock clock) {
        this.store = store;
        this.inventory = new QueueInventory(store, clock);
        this.ledger = ledger;
        this.holds = holds;
        this.deliveries = deliveries;
        this.deleted = deleted;
        this.live = live;
        this.events = events;
        this.actions = new QueueActions(clock);
    }

    @Override
    public List<QueueSummary> queues() throws OperationException {
        QueueWords words = words();
        Map<String, List<QueuedMail>> mails = new LinkedHashMap<>();
        words.all().forEach(queue -> mails.put(queue.word(), new ArrayList<>()));
        for (QueueInventory.Entry entry : inventory.find(words, MailFilter.all())) {
            mails.computeIfAbsent(entry.mail().queue(), key -> new ArrayList<>())
                    .add(entry.mail());
        }
        Map<MailQueueName, Boolean> reading = deliveries.reading();
        List<QueueSummary> summaries = new ArrayList<>();
        for (OperatedQueue queue : words.all()) {
            List<QueuedMail> own = mails.getOrDefault(queue.word(), List.of());
            if (queue.kind() != QueueKind.GONE || !own.isEmpty()) {
                summaries.add(QueueSummary.of(
                        queue.word(),
                        queue.kind(),
                        holds.isHeld(queue.name()),
                        reading.getOrDefault(queue.name(), true),
                        own));
            }
        }
        return summaries;
    }

    @Override
    public List<QueuedMail> mails(MailFilter filter, int limit) throws OperationException {
        return inventory.find(words(), filter).stream()
                .map(QueueInventory.Entry::mail)
                .sorted(Comparator.comparing(QueuedMail::since).thenComparing(QueuedMail::id))
                .limit(limit)
                .toList();
    }

    @Override
    public MailDetails mail(String id) throws OperationException {
        return inventory.show(words(), id, MailText::details).orElseThrow(() -> gone(id));
    }

    @Override
    public ActionResult retry(MailFilter filter) throws OperationException {
        deliveries.askHostsAgain();
        return act(filter, Set.of(MailState.WAITING), Set.of(MailState.READY), entry -> true, actions.retry());
    }

    @Override
    public ActionResult hold(MailFilter filter) throws OperationException {
        return act(
                filter,
                Set.of(MailState.WAITING, MailState.READY),
                Set.of(MailState.HELD),
                entry -> true,
                actions.hold());
    }

    @Override
    public ActionResult release(MailFilter filter) throws OperationException {
        return act(filter, Set.of(MailState.HELD), Set.of(), entry -> true, actions.release());
    }

    @Override
    public ActionResult delete(MailFilter filter, Disposal disposal) throws OperationException {
        String processor =
                deliveries.settings().orElse(DeliverySettings.DEFAULT).bounceProcessor();
        return act(
                filter,
                Set.of(MailState.WAITING, MailState.READY, MailState.HELD),
                Set.of(),
                entry -> true,
                actions.delete(disposal, processor, repository()));
    }

    @Override
    public ActionResult move(MailFilter filter, String to) throws OperationException {
        OperatedQueue target = words().find(to);
        Optional<ConnectorPolicy> policy = deliveries.policy(target.name());
        if (policy.isEmpty()) {
            throw OperationException.invalid("mail cannot be moved to '" + target.word()
                    + "': it is not the queue of an enabled connector, nor mx");
        }
        ledger.add(target.name());
        return act(
                filter,
                Set.of(MailState.WAITING, MailState.READY, MailState.HELD),
                Set.of(),
                // What is still to be processed has no way yet that could be changed.
                entry ->
                        entry.kind() != QueueKind.SPOOL && !entry.mail().queue().equals(target.word()),
                actions.move(target, policy.get()));
    }

    @Override
    public void suspend(String queue) throws OperationException {
        OperatedQueue found = words().find(queue);
        if (found.kind() == QueueKind.SPOOL) {
            throw OperationException.invalid(
                    "the spool cannot be held: hold the queues of connectors, or single mails");
        }
        holds.hold(found.name());
        tell(found, "operator: the queue is held");
    }

    @Override
    public void resume(String queue) throws OperationException {
        OperatedQueue found = words().find(queue);
        holds.release(found.name());
        tell(found, "operator: the queue is released");
    }

    private ActionResult act(
            MailFilter filter,
            Set<MailState> eligible,
            Set<MailState> doneAlready,
            Predicate<QueueInventory.Entry> suits,
            QueueAction action)
            throws OperationException {
        List<QueueInventory.Entry> found = inventory.find(words(), filter);
        Outcomes outcomes = new Outcomes();
        List<QueueInventory.Entry> chosen = new ArrayList<>();
        for (QueueInventory.Entry entry : found) {
            MailState state = entry.mail().state();
            if (state == MailState.IN_DELIVERY) {
                outcomes.busy(entry.mail().id());
            } else if (eligible.contains(state) && suits.test(entry)) {
                chosen.add(entry);
                outcomes.chosen(entry.mail().id());
            } else if (doneAlready.contains(state)) {
                outcomes.done(entry.mail().id());
            } else {
                outcomes.unsuitable(entry.mail());
            }
        }
        outcomes.requireAll(filter.ids());
        for (TransferBatch batch : TransferBatch.of(chosen)) {
            run(batch, action, outcomes);
        }
        return outcomes.result();
    }

    private void run(TransferBatch batch, QueueAction action, Outcomes outcomes) throws OperationException {
        Map<String, MailEvent> told = new LinkedHashMap<>();
        try {
            Set<String> taken = store.transfer(batch.queue(), batch.names(), (mail, outlet) -> {
                told.put(mail.getName(), MailText.event(live.get().current(), mail, action.reason()));
                action.apply(mail, batch.queue(), outlet);
            });
            batch.names().forEach(name -> {
                if (taken.contains(name)) {
                    outcomes.done(name);
                    Optional.ofNullable(told.get(name)).ifPresent(events::record);
                } else {
                    outcomes.busy(name);
                }
            });
        } catch (MessagingException | RuntimeException e) {
            throw OperationException.failed(outcomes.sofar() + "the rest stands where it was: " + e.getMessage(), e);
        }
    }

    private MailRepository repository() throws OperationException {
        try {
            return deleted.repository();
        } catch (MessagingException e) {
            throw OperationException.failed("the repository of deleted mail cannot be opened: " + e.getMessage(), e);
        }
    }

    private void tell(OperatedQueue queue, String reason) {
        events.record(MailEvent.builder(
                        MailEvent.Type.OPERATED, live.get().current().server().fqdn())
                .connector(Optional.of(queue.word()))
                .reason(reason)
                .build());
    }

    private QueueWords words() {
        return QueueWords.of(live.get().current(), ledger.names());
    }

    static OperationException gone(String id) {
        return OperationException.notFound(
                "mail '" + id + "' is in no queue; './mailflow trace " + id + "' tells what became of it");
    }
}
