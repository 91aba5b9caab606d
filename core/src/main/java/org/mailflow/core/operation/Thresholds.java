package org.mailflow.core.operation;

import java.time.Duration;

/**
 * When a figure becomes a warning, and when it is critical.
 *
 * @param queueLength mails in one queue
 * @param oldestMail the age of the oldest mail of a queue
 * @param certificateDays days that a certificate is still good for
 * @param diskPercentFree what is free of a hundred in the data directory's file system
 */
public record Thresholds(
        Pair<Long> queueLength, Pair<Duration> oldestMail, Pair<Long> certificateDays, Pair<Integer> diskPercentFree) {

    /** Used unless others are given; the alert at 200 mails is that of Exchange Online. */
    public static final Thresholds DEFAULT = new Thresholds(
            new Pair<>(200L, 2_000L),
            new Pair<>(Duration.ofHours(1), Duration.ofHours(24)),
            new Pair<>(30L, 7L),
            new Pair<>(10, 3));

    /**
     * A figure's two thresholds.
     *
     * @param warning from here on a warning
     * @param critical from here on critical
     */
    public record Pair<T extends Comparable<T>>(T warning, T critical) {

        /** The level of a figure that is worse the greater it is. */
        Level ofRising(T figure) {
            return level(figure.compareTo(critical) >= 0, figure.compareTo(warning) >= 0);
        }

        /** The level of a figure that is worse the smaller it is. */
        Level ofFalling(T figure) {
            return level(figure.compareTo(critical) <= 0, figure.compareTo(warning) <= 0);
        }

        private static Level level(boolean isCritical, boolean isWarning) {
            if (isCritical) {
                return Level.CRITICAL;
            }
            return isWarning ? Level.WARNING : Level.OK;
        }
    }
}
