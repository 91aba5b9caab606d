package org.mailflow.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.model.OutboundLimits;
import org.mailflow.core.operation.HostFigures;
import org.mailflow.delivery.HostHealth.Answer;
import org.mailflow.delivery.HostHealth.Phase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hosts that mail is taken to: who is there now, and how each fares for each connector. What one connector demands (TLS, a
 * name, an account) another one need not, so a host that is in trouble with one is asked by the other; how many sessions it
 * has counts over all. Safe for use by many threads.
 */
final class Hosts {

    private static final Logger LOGGER = LoggerFactory.getLogger(Hosts.class);
    /** So many are kept without a look at who is gone. */
    private static final int MANY = 1_000;

    private static final Duration MOVES_WITHIN = Duration.ofSeconds(1);
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

    /**
     * A host, as one connector asks it.
     *
     * @param connector {@code organization/connector}, or {@code mx}
     * @param address its address
     * @param port its port
     * @param demandedName the name that its certificate must carry where that depends on the recipient's domain
     */
    record Key(String connector, IpAddress address, int port, Optional<String> demandedName) {

        Endpoint endpoint() {
            return new Endpoint(address, port);
        }
    }

    private record Endpoint(IpAddress address, int port) {}

    /** May a mail be taken to a host? */
    sealed interface Admission {
        /** It may. */
        record Granted(Visit visit) implements Admission {}

        /**
         * Not at this moment.
         *
         * @param recovers whether the host is asked with care, so that others may be asked in its place
         * @param moves whether mails come and go there, so that there will be room in a moment
         */
        record Busy(boolean recovers, boolean moves) implements Admission {}

        /**
         * Not for a while.
         *
         * @param reason the host's last trouble
         * @param until when it is asked again
         */
        record LeftAlone(String reason, Instant until) implements Admission {}
    }

    /** A mail at a host. Its end must be told, or the host has one less for ever. */
    final class Visit implements AutoCloseable {

        private final Key key;
        private final OutboundLimits limits;
        private final Instant begun;
        private UnaryOperator<HostHealth> verdict = health -> health;

        private Visit(Key key, OutboundLimits limits, Instant begun) {
            this.key = key;
            this.limits = limits;
            this.begun = begun;
        }

        /** The host answered as a host does. */
        void succeeded() {
            verdict = health -> health.succeeded(limits, clock.instant());
        }

        /** The host was in trouble; {@code grave} where once is enough. */
        void troubled(String why, boolean grave) {
            verdict = health -> health.troubled(why, grave, limits, clock.instant());
        }

        /** The mail is not there any more. */
        @Override
        public void close() {
            leave(key, begun, verdict);
        }
    }

    private static final class Standing {
        private HostHealth health;
        private int mails;
        private Instant lastMove;
        private Optional<Duration> usual = Optional.empty();
        private Hop hop;
        private final boolean smartHost;

        Standing(HostHealth health, Hop hop, boolean smartHost) {
            this.health = health;
            this.lastMove = health.since();
            this.hop = hop;
            this.smartHost = smartHost;
        }

        /** Whether mails come and go, as far as is known. */
        boolean moves(Instant now) {
            return lastMove.plus(MOVES_WITHIN).isAfter(now)
                    && usual.filter(took -> took.compareTo(MOVES_WITHIN) > 0).isEmpty();
        }

        void left(Instant begun, Instant now) {
            Duration took = Duration.between(begun, now);
            usual = Optional.of(
                    usual.map(before -> before.multipliedBy(3).plus(took).dividedBy(4))
                            .orElse(took));
            lastMove = now;
        }
    }

    private final Clock clock;
    private final Consumer<String> onRecovery;
    private final Map<Key, Standing> standings = new HashMap<>();
    private final Map<Endpoint, Integer> sessions = new HashMap<>();
    private final Map<String, Integer> mailsOf = new HashMap<>();
    private final Map<String, Long> turns = new HashMap<>();

    /**
     * Hosts that nothing is known of.
     *
     * @param onRecovery is told of the connector for which a host that was left alone answers again
     */
    Hosts(Clock clock, Consumer<String> onRecovery) {
        this.clock = clock;
        this.onRecovery = onRecovery;
    }

    /**
     * Takes a mail to a host, if it may be taken there.
     *
     * @param budget how many mails the connector may have under way; where a host is one of many, and has not shown that
     *     mails come and go there, it has at most as many as are left besides, so that none takes all. Empty where one host
     *     may have them all
     */
    synchronized Admission enter(Key key, Hop hop, OutboundLimits limits, Optional<Integer> budget) {
        Instant now = clock.instant();
        Standing standing =
                standings.computeIfAbsent(key, unknown -> new Standing(HostHealth.unknown(now), hop, budget.isEmpty()));
        standing.hop = hop;
        Answer answer = standing.health.admits(standing.mails, sessions.getOrDefault(key.endpoint(), 0), limits, now);
        boolean moves = standing.moves(now);
        boolean isProven = moves && standing.usual.isPresent();
        if (answer == Answer.YES
                && !isProven
                && budget.filter(all -> standing.mails >= all - mailsOf.getOrDefault(key.connector(), 0))
                        .isPresent()) {
            answer = Answer.FULL;
        }
        if (answer == Answer.YES) {
            standing.health = standing.health.asked();
            if (standing.mails == 0) {
                standing.lastMove = now;
            }
            standing.mails++;
            sessions.merge(key.endpoint(), 1, Integer::sum);
            mailsOf.merge(key.connector(), 1, Integer::sum);
            forgetOld(now);
            return new Admission.Granted(new Visit(key, limits, now));
        }
        Admission refused = answer == Answer.NO
                ? new Admission.LeftAlone(standing.health.reason(), standing.health.until())
                : new Admission.Busy(answer == Answer.RECOVERS, moves);
        if (standing.mails == 0 && standing.health.isForgettable()) {
            standings.remove(key);
        }
        return refused;
    }

    private void leave(Key key, Instant begun, UnaryOperator<HostHealth> verdict) {
        boolean recovered;
        synchronized (this) {
            Standing standing = standings.computeIfAbsent(key, gone -> {
                throw new IllegalStateException("nobody is at " + gone);
            });
            HostHealth before = standing.health;
            standing.health = verdict.apply(before);
            standing.mails--;
            standing.left(begun, clock.instant());
            sessions.computeIfPresent(key.endpoint(), (host, count) -> count == 1 ? null : count - 1);
            mailsOf.computeIfPresent(key.connector(), (connector, count) -> count == 1 ? null : count - 1);
            tell(key, standing.hop, before, standing.health);
            recovered = before.phase() == Phase.RECOVERING
                    && before.allowance() == 1
                    && (standing.health.phase() == Phase.WELL || standing.health.allowance() > 1);
            if (standing.mails == 0 && standing.health.isForgettable()) {
                standings.remove(key);
            }
            notifyAll();
        }
        if (recovered) {
            tellOfRecovery(key.connector());
        }
    }

    /** What a mail came to has happened: nothing that goes wrong here may touch it. */
    private void tellOfRecovery(String connector) {
        try {
            onRecovery.accept(connector);
        } catch (RuntimeException e) {
            LOGGER.warn("Mail that waits for connector {} comes in its own time", connector, e);
        }
    }

    private static void tell(Key key, Hop hop, HostHealth before, HostHealth after) {
        if (before.phase() != Phase.LEFT_ALONE && after.phase() == Phase.LEFT_ALONE) {
            LOGGER.warn(
                    "Host {} of connector {} is left alone until {}: {}",
                    hop,
                    key.connector(),
                    after.until(),
                    after.reason());
        } else if (before.phase() == Phase.RECOVERING && before.allowance() == 1 && !before.equals(after)) {
            LOGGER.info("Host {} of connector {} answers again", hop, key.connector());
        }
    }

    /** Hosts of strangers' domains come and go. */
    private void forgetOld(Instant now) {
        if (standings.size() > MANY) {
            standings
                    .values()
                    .removeIf(standing -> standing.mails == 0
                            && standing.health.until().plus(FORGOTTEN_AFTER).isBefore(now));
        }
    }

    /** How many mails the connector tried before, for an order in turn. */
    synchronized long nextTurn(String connector) {
        return turns.merge(connector, 1L, Long::sum) - 1;
    }

    /**
     * Waits until a mail left some host, or a while passed.
     *
     * @return false where the thread is interrupted
     */
    synchronized boolean awaitDeparture(Duration limit) {
        try {
            TimeUnit.NANOSECONDS.timedWait(this, limit.toNanos());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Lets all hosts be asked again at once: somebody changed or mended something. */
    synchronized void askAllAgain() {
        Instant now = clock.instant();
        standings.values().forEach(standing -> standing.health = standing.health.dueNow(now));
    }

    /** How the hosts fare that mail is at, or that something is known against. */
    synchronized List<HostFigures> figures() {
        List<HostFigures> figures = new ArrayList<>();
        standings.forEach((key, standing) -> {
            HostHealth health = standing.health;
            boolean known = !health.reason().isEmpty();
            figures.add(new HostFigures(
                    key.connector(),
                    standing.hop.toString(),
                    standing.smartHost,
                    state(health.phase()),
                    health.since(),
                    standing.mails,
                    known ? Optional.of(health.reason()) : Optional.empty(),
                    health.phase() == Phase.LEFT_ALONE ? Optional.of(health.until()) : Optional.empty()));
        });
        figures.sort(HostFigures.ORDER);
        return figures;
    }

    private static HostFigures.State state(Phase phase) {
        return switch (phase) {
            case WELL -> HostFigures.State.WELL;
            case LEFT_ALONE -> HostFigures.State.LEFT_ALONE;
            case RECOVERING -> HostFigures.State.RECOVERING;
        };
    }
}
