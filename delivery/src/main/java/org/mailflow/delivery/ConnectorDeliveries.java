package org.mailflow.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import javax.inject.Inject;
import javax.inject.Provider;
import javax.inject.Singleton;
import javax.mail.MessagingException;
import org.apache.james.core.Domain;
import org.apache.james.core.MailAddress;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.MailQueueName;
import org.apache.mailet.Mail;
import org.apache.mailet.MailetContext;
import org.jspecify.annotations.Nullable;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.event.MailEvents;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.Organization;
import org.mailflow.core.model.OutboundConnector;
import org.mailflow.core.operation.DeliveryMeter;
import org.mailflow.core.operation.HostFigures;
import org.mailflow.delivery.custody.Custody;
import org.mailflow.delivery.custody.Pulses;
import org.mailflow.james.Copies;
import org.mailflow.james.HandedOn;

/**
 * All deliveries of a server: one for each enabled outbound connector of the snapshot that runs, and one for MX. A
 * reload acts on the next mail: a connector that was added gets its delivery; one that was changed is asked anew for
 * every attempt, while attempts under way end as they began; the mails of one that was removed are routed again.
 */
@Singleton
public class ConnectorDeliveries {

    private final MailQueueFactory<?> queues;
    private final Provider<LiveMailflow> live;
    private final Names names;
    private final MailEvents events;
    private final QueueLedger ledger;
    private final DeliveryMeter meter;
    private final Custody custody;
    private final Pulses pulses;
    private final Clock clock;
    private final Map<MailQueueName, ConnectorDelivery> deliveries = new HashMap<>();
    private int users;
    private volatile Optional<Running> running = Optional.empty();
    private boolean listening;
    private volatile Optional<Duration> grace = Optional.empty();

    /** The timer ends connections in time, and has no time for anything else; the watch reads files. */
    private record Running(
            DeliverySettings settings,
            Desk desk,
            ScheduledExecutorService timer,
            KeptSessions sessions,
            Hosts hosts,
            CertificateWatch watch,
            Policies policies) {

        Running with(Policies others) {
            return new Running(settings, desk, timer, sessions, hosts, watch, others);
        }
    }

    /** Deliveries over these queues. */
    @Inject
    public ConnectorDeliveries(
            MailQueueFactory<?> queues,
            Provider<LiveMailflow> live,
            Names names,
            MailEvents events,
            QueueLedger ledger,
            DeliveryMeter meter,
            Custody custody,
            Pulses pulses,
            Clock clock) {
        this.queues = queues;
        this.live = live;
        this.names = names;
        this.events = events;
        this.ledger = ledger;
        this.meter = meter;
        this.custody = custody;
        this.pulses = pulses;
        this.clock = clock;
    }

    /**
     * Starts, where nobody has yet. Everyone who starts stops once.
     *
     * @throws MessagingException where another user started with other settings
     */
    public synchronized void start(MailetContext context, DeliverySettings settings) throws MessagingException {
        if (running.isPresent() && !running.get().settings().equals(settings)) {
            throw new MessagingException("every DeliverByConnector of a server must have the same bounceProcessor, "
                    + "mxPort and concurrency: write the same values everywhere");
        }
        users++;
        if (running.isEmpty()) {
            ScheduledExecutorService timer = timer();
            KeptSessions sessions = new KeptSessions();
            Hosts hosts = new Hosts(clock, this::bringForward);
            Desk desk =
                    new Desk(settings, names, timer, sessions, hosts, context, new OutcomeEvents(events), meter, clock);
            CertificateWatch watch = new CertificateWatch(live.get());
            running = Optional.of(new Running(
                    settings,
                    desk,
                    timer,
                    sessions,
                    hosts,
                    watch,
                    Policies.of(live.get().current(), settings)));
            if (!listening) {
                listening = true;
                live.get().onReload(reloaded -> refresh());
            }
            watch.start();
            ledger.names().forEach(name -> delivery(MailQueueName.of(name)));
            refresh();
        }
    }

    /** Stops with the last user: attempts under way end, waiting mail waits in its queue. */
    public void stop() {
        List<ConnectorDelivery> stopped;
        Running was;
        synchronized (this) {
            users--;
            if (users > 0 || running.isEmpty()) {
                return;
            }
            was = running.get();
            stopped = List.copyOf(deliveries.values());
            deliveries.clear();
        }
        // Without the lock: attempts under way may ask for their policy.
        stopped.forEach(ConnectorDelivery::stop);
        Instant end = clock.instant().plus(grace.orElse(was.settings().grace()));
        stopped.forEach(delivery -> delivery.awaitEnd(Duration.between(clock.instant(), end)));
        was.watch().stop();
        was.sessions().close();
        was.timer().shutdownNow();
        running = Optional.empty();
    }

    /** Tells how long attempts under way may go on at the stop, in the place of {@link DeliverySettings#grace}. */
    public void endWithin(Duration limit) {
        grace = Optional.of(limit);
    }

    /**
     * Takes a mail over for a connector.
     *
     * @param connector {@code organization/connector}, as {@link Organization#queueName} has it
     * @throws MessagingException where it cannot be enqueued
     */
    public void deliver(Mail mail, String connector) throws MessagingException {
        int slash = connector.indexOf('/');
        if (slash < 0) {
            throw new MessagingException("'" + connector + "' is no connector: write organization/connector");
        }
        MailQueueName queue = queueOf(connector)
                .orElseGet(() -> QueueNames.of(connector.substring(0, slash), connector.substring(slash + 1)));
        accept(mail, queue);
    }

    /**
     * Takes a mail over for the MX hosts of its recipients' domains.
     *
     * @throws MessagingException where it cannot be enqueued
     */
    public void deliverByMx(Mail mail) throws MessagingException {
        accept(mail, QueueNames.MX);
    }

    /** The queues that are read, and those of connectors that are gone. */
    synchronized Map<MailQueueName, Boolean> reading() {
        Map<MailQueueName, Boolean> reading = new HashMap<>();
        deliveries.forEach((queue, delivery) -> reading.put(queue, delivery.isReading()));
        return reading;
    }

    /** The settings of the deliveries that run; empty where none does. */
    Optional<DeliverySettings> settings() {
        return running.map(Running::settings);
    }

    /** How the mails of a queue leave; empty where no enabled connector has it, or nothing runs. */
    Optional<ConnectorPolicy> policy(MailQueueName queue) {
        return running.isEmpty() ? Optional.empty() : policies().of(queue);
    }

    /** Lets hosts in trouble be asked again at once: an operator wants to know how they fare. */
    void askHostsAgain() {
        running.ifPresent(now -> now.hosts().askAllAgain());
    }

    /** How the hosts fare that mail is at, or that something is known against; none where nothing runs. */
    public List<HostFigures> hosts() {
        return running.map(now -> now.hosts().figures()).orElse(List.of());
    }

    private Optional<MailQueueName> queueOf(String name) {
        for (Organization organization : policies().mailflow().organizations()) {
            for (OutboundConnector connector : organization.outboundConnectors().all()) {
                if (organization.queueName(connector).equalsIgnoreCase(name)) {
                    return Optional.of(QueueNames.of(organization, connector));
                }
            }
        }
        return Optional.empty();
    }

    /** A dead domain must not hold up the others: where hosts depend on the domain, each domain is a mail. */
    private void accept(Mail mail, MailQueueName queue) throws MessagingException {
        ConnectorDelivery delivery = delivery(queue);
        Map<Domain, List<MailAddress>> domains = new LinkedHashMap<>();
        mail.getRecipients()
                .forEach(recipient -> domains.computeIfAbsent(recipient.getDomain(), key -> new ArrayList<>())
                        .add(recipient));
        boolean byDomain = policies().of(queue).map(ConnectorPolicy::isByDomain).orElse(false);
        if (!byDomain || domains.size() == 1) {
            delivery.accept(mail);
            return;
        }
        for (List<MailAddress> recipients : domains.values()) {
            Mail copy = mail.duplicate();
            try {
                copy.setName(Copies.newName(mail));
                copy.setState(mail.getState());
                copy.setRecipients(recipients);
                HandedOn.forget(copy);
                delivery.accept(copy);
                HandedOn.add(mail, recipients);
            } finally {
                LifecycleUtil.dispose(copy);
            }
        }
    }

    private synchronized ConnectorDelivery delivery(MailQueueName queue) {
        Running now = running.orElseThrow(() -> new IllegalStateException("the deliveries are not started"));
        return deliveries.computeIfAbsent(queue, name -> {
            ledger.add(name);
            return new QueueDelivery(
                    queues.createQueue(
                            name,
                            MailQueueFactory.prefetchCount(2 * now.settings().concurrency())),
                    () -> policies().of(name),
                    () -> policies().mailflow(),
                    now.desk(),
                    custody,
                    pulses,
                    now.settings(),
                    clock);
        });
    }

    /** The policies of the snapshot that runs at this moment. */
    private Policies policies() {
        Running now = running.orElseThrow(() -> new IllegalStateException("the deliveries are not started"));
        return now.policies().mailflow().generation() == live.get().current().generation() ? now.policies() : renewed();
    }

    private synchronized Policies renewed() {
        Running now = running.orElseThrow(() -> new IllegalStateException("the deliveries are not started"));
        Mailflow current = live.get().current();
        if (now.policies().mailflow().generation() != current.generation()) {
            now = now.with(Policies.of(current, now.settings()));
            running = Optional.of(now);
        }
        return now.policies();
    }

    private static ScheduledExecutorService timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "mailflow-delivery-timer");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    /** A host of the connector answers again; of MX hosts each is one of many. */
    private void bringForward(String connector) {
        queueOf(connector)
                .flatMap(queue -> policies()
                        .of(queue)
                        .filter(policy -> !policy.isByDomain())
                        .map(policy -> queue))
                .map(this::deliveryOf)
                .ifPresent(ConnectorDelivery::hurry);
    }

    private synchronized @Nullable ConnectorDelivery deliveryOf(MailQueueName queue) {
        return deliveries.get(queue);
    }

    /** Gives every connector its delivery, and brings the mail forward of those that have none any more. */
    private synchronized void refresh() {
        if (running.isEmpty()) {
            return;
        }
        Policies policies = policies();
        running.get().hosts().askAllAgain();
        policies.queues().forEach(this::delivery);
        deliveries.forEach((queue, delivery) -> {
            delivery.refresh();
            if (policies.of(queue).isEmpty()) {
                delivery.hurry();
            }
        });
    }
}
