package org.mailflow.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.mailflow.core.model.OutboundLimits;

/**
 * How a host fares: a circuit breaker with a slow start. After some troubles in a row the host is left alone for a while,
 * longer each time; then one mail finds out how it fares, and as its mails succeed the host gets two at once, four, and so
 * on, until all of what it may have. Immutable: each event makes the next state, and the clock is asked elsewhere.
 *
 * <p>It is not resilience4j's (2.4.0) nor Failsafe's (3.3.2) circuit breaker, both well kept: neither starts slowly, which is
 * what keeps a host that just came back from falling again; neither tells why it is open, and until when, which is what an
 * operator asks first; and a host needs its limit of sessions judged in the same step, which would be a second object beside
 * (a bulkhead), with a lock of its own. What is left to take from them are the two counters below.
 *
 * @param phase what it is in
 * @param since when the phase began; while the first mail finds out, when the host was left alone
 * @param until when the host is asked again, in {@link Phase#LEFT_ALONE}
 * @param troubles in a row
 * @param pauses how often in a row it was left alone
 * @param allowance mails at once, in {@link Phase#RECOVERING}
 * @param reason the last trouble; empty where there was none
 */
record HostHealth(Phase phase, Instant since, Instant until, int troubles, int pauses, int allowance, String reason) {

    /** What a host is in. */
    enum Phase {
        /** Nothing is known against it, or not enough. */
        WELL,
        /** It is not asked for a while. */
        LEFT_ALONE,
        /** It was left alone, and is asked again with care. */
        RECOVERING
    }

    /** May a mail be taken to the host? */
    enum Answer {
        YES,
        /** It has all that it may have; it takes more as soon as one ends. */
        FULL,
        /** The same, and while it has so little, others may be asked. */
        RECOVERS,
        /** Not before {@link HostHealth#until}. */
        NO
    }

    /** A host that nothing is known of. */
    static HostHealth unknown(Instant now) {
        return new HostHealth(Phase.WELL, now, now, 0, 0, 0, "");
    }

    /**
     * Whether a mail may be taken to the host.
     *
     * @param mails of the same connector that are at the host
     * @param all mails that are at the host
     */
    Answer admits(int mails, int all, OutboundLimits limits, Instant now) {
        if (phase == Phase.LEFT_ALONE && now.isBefore(until)) {
            return Answer.NO;
        }
        int atOnce =
                switch (phase) {
                    case WELL -> limits.maxPerHostOutboundConnections();
                    case LEFT_ALONE -> 1;
                    case RECOVERING -> Math.min(allowance, limits.maxPerHostOutboundConnections());
                };
        if (mails < atOnce && all < limits.maxPerHostOutboundConnections()) {
            return Answer.YES;
        }
        return phase == Phase.WELL ? Answer.FULL : Answer.RECOVERS;
    }

    /** A mail is taken to the host. */
    HostHealth asked() {
        return phase == Phase.LEFT_ALONE
                ? new HostHealth(Phase.RECOVERING, since, until, troubles, pauses, 1, reason)
                : this;
    }

    /** The host answered as a host does, whatever it said of the mail. */
    HostHealth succeeded(OutboundLimits limits, Instant now) {
        if (phase == Phase.LEFT_ALONE || (phase == Phase.WELL && troubles == 0)) {
            return this;
        }
        return phase == Phase.RECOVERING && allowance < limits.maxPerHostOutboundConnections()
                ? new HostHealth(phase, allowance == 1 ? now : since, until, 0, pauses, allowance + 1, reason)
                : unknown(now);
    }

    /**
     * The host was in trouble.
     *
     * @param grave whether once is enough
     */
    HostHealth troubled(String why, boolean grave, OutboundLimits limits, Instant now) {
        if (phase == Phase.LEFT_ALONE) {
            // Of a mail that was there before: it is no news.
            return this;
        }
        if (phase == Phase.WELL && !grave && troubles + 1 < limits.hostFailureThreshold()) {
            return new HostHealth(phase, since, until, troubles + 1, pauses, allowance, why);
        }
        return new HostHealth(
                Phase.LEFT_ALONE,
                // The trouble began when the host was first left alone, not with its last probe.
                phase == Phase.RECOVERING && allowance == 1 ? since : now,
                now.plus(pause(limits.hostRetryIntervals())),
                troubles + 1,
                pauses + 1,
                0,
                why);
    }

    private Duration pause(List<Duration> intervals) {
        return intervals.get(Math.min(pauses, intervals.size() - 1));
    }

    /** The same, asked again at once. */
    HostHealth dueNow(Instant now) {
        return phase == Phase.LEFT_ALONE
                ? new HostHealth(phase, since, now, troubles, pauses, allowance, reason)
                : this;
    }

    /** Whether nothing is known that would have to be kept. */
    boolean isForgettable() {
        return phase == Phase.WELL && troubles == 0;
    }
}
