package org.mailflow.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Gives numbers to mails for which there is no room now, so that they come again one after the other, not all at once. Safe
 * for use by many threads.
 */
final class Line {

    private static final Duration SOONEST = Duration.ofSeconds(5);
    private static final Duration STEP = Duration.ofMillis(100);
    private static final Duration LATEST = Duration.ofMinutes(2);
    private static final int MANY = 1_000;

    private final Clock clock;
    private final Map<String, Instant> last = new HashMap<>();

    Line(Clock clock) {
        this.clock = clock;
    }

    /** When the next mail of a crowd is to come again. */
    synchronized Duration next(String crowd) {
        Instant now = clock.instant();
        if (last.size() > MANY) {
            last.values().removeIf(now::isAfter);
        }
        Instant due = latest(now.plus(SOONEST), last.getOrDefault(crowd, now).plus(STEP));
        Instant bounded = due.isAfter(now.plus(LATEST)) ? now.plus(LATEST) : due;
        last.put(crowd, bounded);
        return Duration.between(now, bounded);
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
