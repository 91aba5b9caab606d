package org.mailflow.core.model;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When mail is tried again that leaves to MX hosts, or by a connector that says nothing of its own (cmdlet
 * Set-TransportService).
 *
 * @param intervals the waits before the first, second, … retry; the last one repeats until the mail expires
 * @param messageExpirationTimeout the age at which it is returned to its sender; empty for what Exchange has on the side
 *     that the mail leaves: two days on-premises, one in the cloud
 * @param delayNotificationTimeout the age at which its sender is told that it is late; empty for never
 */
public record RetryDefaults(
        List<Duration> intervals,
        Optional<Duration> messageExpirationTimeout,
        Optional<Duration> delayNotificationTimeout) {

    /** Exchange's: four times a minute, six times five minutes, then every ten. */
    public static final RetryDefaults EXCHANGE = new RetryDefaults(
            Stream.of(
                            Collections.nCopies(4, Duration.ofMinutes(1)),
                            Collections.nCopies(6, Duration.ofMinutes(5)),
                            List.of(Duration.ofMinutes(10)))
                    .flatMap(List::stream)
                    .toList(),
            Optional.empty(),
            Optional.of(RetrySchedule.DELAY_NOTIFICATION_TIMEOUT));

    private static final Duration EXPIRATION_ON_PREMISES = Duration.ofDays(2);
    private static final Duration EXPIRATION_IN_THE_CLOUD = Duration.ofDays(1);

    /** Copies the list. */
    public RetryDefaults {
        intervals = List.copyOf(intervals);
    }

    /** The schedule of mail that leaves from this side. */
    public RetrySchedule on(Premises premises) {
        return new RetrySchedule(
                intervals,
                messageExpirationTimeout.orElse(
                        premises == Premises.CLOUD ? EXPIRATION_IN_THE_CLOUD : EXPIRATION_ON_PREMISES),
                delayNotificationTimeout);
    }
}
