package org.mailflow.core.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of a mail at which a fault of this server's own happened: an error in a matcher, a mailet or a delivery, or
 * the end of the process. It is tried again after each interval, and set aside when none is left. Trouble at a next hop is no
 * such fault.
 *
 * @param intervals the waits before the first, second, … further try
 * @param repository the URL of the mail repository where mail is set aside; empty for {@link #PATH} of the server's default
 *     kind of repository
 */
public record FaultSchedule(List<Duration> intervals, Optional<String> repository) {

    /** Where mail is set aside unless a repository is configured. */
    public static final String PATH = "var/mail/poison";

    /** Used unless another is configured. */
    public static final FaultSchedule DEFAULT = new FaultSchedule(
            List.of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15)),
            Optional.empty());

    /** Refuses a schedule without an interval: what cannot be set aside must wait for something. */
    public FaultSchedule {
        intervals = List.copyOf(intervals);
        if (intervals.isEmpty()) {
            throw new IllegalArgumentException("a schedule for faults needs one interval at least");
        }
    }

    /** How often a mail is tried before it is set aside. */
    public int tries() {
        return intervals.size() + 1;
    }

    /**
     * The wait before the next try.
     *
     * @param failed how many tries have failed
     * @return empty where the mail is to be set aside
     */
    public Optional<Duration> next(int failed) {
        return failed < tries() ? Optional.of(intervals.get(Math.max(failed, 1) - 1)) : Optional.empty();
    }

    /** How long a mail waits that should be set aside and cannot be. */
    public Duration last() {
        return intervals.get(intervals.size() - 1);
    }
}
