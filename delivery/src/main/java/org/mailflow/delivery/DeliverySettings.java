package org.mailflow.delivery;

import java.time.Duration;
import java.util.List;
import org.mailflow.core.model.RetrySchedule;

/**
 * What all deliveries of a server have in common.
 *
 * @param bounceProcessor the processor that returns mail to its sender
 * @param concurrency how many mails of one queue are under way at once, unless its connector says; twice as many on the way
 *     to MX hosts, where one queue serves all domains
 * @param mxPort the port of MX hosts
 * @param mxRetrySchedule when mail that leaves without a connector is tried again
 * @param timeouts how long a host may take
 * @param hopsPerAttempt how many hosts one attempt asks at most
 * @param grace how long attempts under way may go on when the server stops
 */
public record DeliverySettings(
        String bounceProcessor,
        int concurrency,
        int mxPort,
        RetrySchedule mxRetrySchedule,
        Timeouts timeouts,
        int hopsPerAttempt,
        Duration grace) {

    /** Used unless others are set; the schedule is that of Exchange. */
    public static final DeliverySettings DEFAULT = new DeliverySettings(
            "bounces",
            20,
            25,
            new RetrySchedule(
                    List.of(
                            Duration.ofMinutes(1),
                            Duration.ofMinutes(1),
                            Duration.ofMinutes(5),
                            Duration.ofMinutes(10),
                            Duration.ofMinutes(15)),
                    Duration.ofDays(2)),
            Timeouts.DEFAULT,
            10,
            Duration.ofSeconds(20));

    /** The same with another processor for bounces, another port for MX hosts, and another concurrency. */
    public DeliverySettings with(String processor, int port, int mails) {
        return new DeliverySettings(processor, mails, port, mxRetrySchedule, timeouts, hopsPerAttempt, grace);
    }
}
