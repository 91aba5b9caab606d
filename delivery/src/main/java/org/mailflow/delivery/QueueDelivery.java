package org.mailflow.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueue.MailQueueItem;
import org.apache.james.queue.api.ManageableMailQueue;
import org.apache.mailet.Mail;
import org.mailflow.core.model.Mailflow;
import org.mailflow.delivery.custody.Crowds;
import org.mailflow.delivery.custody.Custody;
import org.mailflow.delivery.custody.Fault;
import org.mailflow.delivery.custody.Pulse;
import org.mailflow.delivery.custody.Pulses;
import org.mailflow.delivery.custody.QueueWorkers;
import org.mailflow.james.HandedOn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands on the mails of one James queue. What a reload changes is asked anew for every mail. A fault of this server's own
 * is not a next hop's: the mail has tries of its own for it, and is set aside when they are used up.
 */
final class QueueDelivery implements ConnectorDelivery {

    private static final Logger LOGGER = LoggerFactory.getLogger(QueueDelivery.class);

    private final MailQueue queue;
    private final Supplier<Optional<ConnectorPolicy>> policy;
    private final Supplier<Mailflow> mailflow;
    private final Desk desk;
    private final Clock clock;
    private final DeliverySettings settings;
    private final QueueWorkers workers;

    QueueDelivery(
            MailQueue queue,
            Supplier<Optional<ConnectorPolicy>> policy,
            Supplier<Mailflow> mailflow,
            Desk desk,
            Custody custody,
            Pulses pulses,
            DeliverySettings settings,
            Clock clock) {
        this.queue = queue;
        this.policy = policy;
        this.mailflow = mailflow;
        this.desk = desk;
        this.clock = clock;
        this.settings = settings;
        Optional<ConnectorPolicy> first = policy.get();
        int concurrency = budget(first);
        // An attempt may take hours with a slow host; each of its steps has a limit of its own.
        Pulse pulse = new Pulse(concurrency, true);
        this.workers = new QueueWorkers(
                queue,
                concurrency,
                "send",
                item -> custody.handle(item, queue, this::attempt),
                new Domains(),
                isByDomain(first),
                pulse);
        pulses.add(queue, pulse);
        workers.onStop(() -> pulses.remove(pulse));
        workers.start();
    }

    @Override
    public void accept(Mail mail) throws MessagingException {
        Tries.begin(mail, clock.instant());
        queue.enQueue(mail);
    }

    private int budget(Optional<ConnectorPolicy> current) {
        return current.map(known -> known.budget(settings)).orElse(settings.concurrency());
    }

    private static boolean isByDomain(Optional<ConnectorPolicy> current) {
        return current.filter(ConnectorPolicy::isByDomain).isPresent();
    }

    /** On the way to MX hosts no domain takes all workers; smart hosts are the connector's, whatever the domain. */
    private final class Domains implements Crowds {
        @Override
        public String of(Mail mail) {
            return isByDomain(policy.get())
                    ? mail.getRecipients().stream()
                            .findFirst()
                            .map(recipient -> recipient.getDomain().asString())
                            .orElse("")
                    : "";
        }

        @Override
        public int most() {
            return mailflow.get().server().outboundLimits().maxPerDomainOutboundConnections();
        }

        @Override
        public void putBack(MailQueueItem item, Duration wait) throws MessagingException {
            Optional<ConnectorPolicy> current = policy.get();
            if (current.isPresent()) {
                desk.withoutRoom(item.getMail(), current.get(), queue, wait);
                item.done(MailQueueItem.CompletionStatus.SUCCESS);
            } else {
                // Its connector is gone since it came: nobody waits for room there.
                item.done(MailQueueItem.CompletionStatus.RETRY);
            }
        }
    }

    @Override
    public void refresh() {
        Optional<ConnectorPolicy> current = policy.get();
        workers.resize(budget(current), isByDomain(current));
    }

    @Override
    public void hurry() {
        if (queue instanceof ManageableMailQueue manageable) {
            // A broker takes seconds for it, and whoever reloads waits for us.
            workers.execute(() -> flush(manageable));
        }
    }

    private static void flush(ManageableMailQueue queue) {
        try {
            queue.flush();
        } catch (MessagingException e) {
            LOGGER.warn(
                    "Queue {} cannot be flushed; its mails come in their time",
                    queue.getName().asString(),
                    e);
        }
    }

    private List<Fault> attempt(Mail mail) {
        List<MailAddress> recipients = List.copyOf(mail.getRecipients());
        try {
            desk.handle(mail, policy.get(), mailflow.get(), queue);
            return List.of();
        } catch (Exception | Error e) {
            HandedOn.leaveTheOthers(mail, recipients);
            return mail.getRecipients().isEmpty()
                    ? List.of()
                    : List.of(new Fault(
                            mail, e, "the delivery of queue " + queue.getName().asString()));
        }
    }

    @Override
    public boolean isReading() {
        return workers.isReading();
    }

    @Override
    public void stop() {
        workers.stop();
    }

    @Override
    public void awaitEnd(Duration limit) {
        workers.awaitEnd(limit);
    }
}
