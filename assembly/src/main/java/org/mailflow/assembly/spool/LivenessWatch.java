package org.mailflow.assembly.spool;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.annotation.PreDestroy;
import javax.inject.Inject;
import javax.inject.Singleton;
import javax.mail.MessagingException;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.queue.api.MailQueueName;
import org.apache.mailet.Mail;
import org.mailflow.assembly.queue.Drain;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.model.Liveness;
import org.mailflow.delivery.QueueHolds;
import org.mailflow.delivery.custody.Probes;
import org.mailflow.delivery.custody.Pulse;
import org.mailflow.delivery.custody.Pulses;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a probe through each queue from time to time, and ends the process where one stands still. The judge has a thread of
 * its own: a queue that takes no probe must not keep it from judging.
 */
@Singleton
final class LivenessWatch {

    private static final Logger LOGGER = LoggerFactory.getLogger(LivenessWatch.class);
    private static final Duration ROUND = Duration.ofSeconds(1);

    private final LiveMailflow live;
    private final Pulses pulses;
    private final QueueHolds holds;
    private final Drain drain;
    private final StandstillAction action;
    private final ScheduledExecutorService prober = thread("liveness-probe");
    private final ScheduledExecutorService judge = thread("liveness-judge");
    /** When the last probe was sent. */
    private final Map<Pulse, Long> sent = new HashMap<>();

    /** The queues whose standstill has been told. */
    private Set<MailQueueName> told = Set.of();

    private List<Future<?>> rounds = List.of();

    @Inject
    LivenessWatch(LiveMailflow live, Pulses pulses, QueueHolds holds, Drain drain, StandstillAction action) {
        this.live = live;
        this.pulses = pulses;
        this.holds = holds;
        this.drain = drain;
        this.action = action;
    }

    private static ScheduledExecutorService thread(String name) {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    void start() {
        rounds = List.of(
                prober.scheduleWithFixedDelay(
                        () -> contained(this::probe), ROUND.toMillis(), ROUND.toMillis(), TimeUnit.MILLISECONDS),
                judge.scheduleWithFixedDelay(
                        () -> contained(this::judge), ROUND.toMillis(), ROUND.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** A round that fails must not be the last. */
    private static void contained(Runnable round) {
        try {
            round.run();
        } catch (RuntimeException | Error e) {
            LOGGER.error("The liveness of the queues cannot be examined", e);
        }
    }

    /** What is wrong with the queues, one text each. */
    List<String> complaints() {
        return List.copyOf(byQueue().values());
    }

    private Map<MailQueueName, String> byQueue() {
        Liveness liveness = settings();
        Map<MailQueueName, String> complaints = new LinkedHashMap<>();
        pulses.all().stream().filter(watched -> !isHeld(watched)).forEach(watched -> watched.pulse()
                .complaint(liveness.limit())
                .ifPresent(complaint -> complaints.put(
                        watched.queue().getName(),
                        "Queue " + watched.queue().getName().asString() + " stands still: " + complaint)));
        return complaints;
    }

    private void probe() {
        Liveness liveness = settings();
        List<Pulses.Watched> queues = pulses.all();
        sent.keySet().removeIf(pulse -> queues.stream()
                .noneMatch(watched -> watched.pulse().equals(pulse)));
        queues.stream().filter(this::isHeld).forEach(held -> held.pulse().rest());
        if (liveness.isOn() && !drain.isClosed()) {
            queues.stream()
                    .filter(watched -> !isHeld(watched) && isDue(watched.pulse(), liveness))
                    .forEach(this::send);
        }
    }

    private boolean isHeld(Pulses.Watched watched) {
        return holds.isHeld(watched.queue().getName());
    }

    private boolean isDue(Pulse pulse, Liveness liveness) {
        Long last = sent.get(pulse);
        return !pulse.awaitsProbe()
                && (last == null
                        || System.nanoTime() - last >= liveness.probeInterval().toNanos());
    }

    private void send(Pulses.Watched watched) {
        sent.put(watched.pulse(), System.nanoTime());
        try {
            Mail probe = Probes.create();
            String id = Probes.id(probe).orElseThrow();
            watched.pulse().sent(id);
            try {
                watched.queue().enQueue(probe);
            } catch (MessagingException e) {
                LOGGER.warn(
                        "No probe can be put into queue {}",
                        watched.queue().getName().asString(),
                        e);
            } finally {
                LifecycleUtil.dispose(probe);
            }
        } catch (MessagingException e) {
            LOGGER.warn("No probe can be made", e);
        }
    }

    private void judge() {
        Liveness liveness = settings();
        Map<MailQueueName, String> complaints = liveness.isOn() && !drain.isClosed() ? byQueue() : Map.of();
        String all = String.join("; ", complaints.values());
        if (!told.containsAll(complaints.keySet())) {
            LOGGER.error("Mail no longer flows. {}", all);
        }
        told = Set.copyOf(complaints.keySet());
        if (complaints.isEmpty() || !liveness.exit()) {
            return;
        }
        LOGGER.error("The process ends, to be started anew");
        action.onStandstill(all);
    }

    private Liveness settings() {
        return live.current().server().liveness();
    }

    @PreDestroy
    void stop() {
        rounds.forEach(round -> round.cancel(false));
        prober.shutdownNow();
        judge.shutdownNow();
    }
}
