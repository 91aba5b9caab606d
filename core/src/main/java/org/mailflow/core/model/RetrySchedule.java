package org.mailflow.core.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * When a mail that could not be handed on is tried again.
 *
 * @param intervals the waits before the first, second, … retry; the last one repeats until the mail expires
 * @param messageExpirationTimeout the age at which it is returned to its sender
 * @param delayNotificationTimeout the age at which its sender is told that it is late; empty for never
 */
public record RetrySchedule(
        List<Duration> intervals, Duration messageExpirationTimeout, Optional<Duration> delayNotificationTimeout) {

    /** When senders are told that their mail is late where nothing is written. */
    public static final Duration DELAY_NOTIFICATION_TIMEOUT = Duration.ofHours(4);

    /** Refuses a schedule without an interval. */
    public RetrySchedule {
        intervals = List.copyOf(intervals);
        if (intervals.isEmpty()) {
            throw new IllegalArgumentException("a retry schedule needs one interval at least");
        }
    }

    /** A schedule that tells of delays when Exchange does. */
    public RetrySchedule(List<Duration> intervals, Duration messageExpirationTimeout) {
        this(intervals, messageExpirationTimeout, Optional.of(DELAY_NOTIFICATION_TIMEOUT));
    }

    /** Whether the sender of a mail of this age is to be told that it is late. */
    public boolean isLate(Duration age) {
        return delayNotificationTimeout
                .filter(limit -> age.compareTo(limit) >= 0)
                .isPresent();
    }

    /** How many retries fit before the mail expires. */
    public int retries() {
        Duration age = Duration.ZERO;
        int retries = 0;
        while (true) {
            age = age.plus(intervals.get(Math.min(retries, intervals.size() - 1)));
            if (age.compareTo(messageExpirationTimeout) > 0) {
                return retries;
            }
            retries++;
        }
    }

    /**
     * The wait before the next retry.
     *
     * @param failures how often the mail was tried in vain
     * @param age how long ago it was first tried
     * @return empty where the mail would expire before
     */
    public Optional<Duration> next(int failures, Duration age) {
        Duration wait = intervals.get(Math.min(Math.max(failures, 1), intervals.size()) - 1);
        return age.plus(wait).compareTo(messageExpirationTimeout) > 0 ? Optional.empty() : Optional.of(wait);
    }
}
