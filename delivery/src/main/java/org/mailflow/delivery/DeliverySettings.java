package org.mailflow.delivery;

import java.time.Duration;

/**
 * What all deliveries of a server have in common.
 *
 * @param bounceProcessor the processor that returns mail to its sender
 * @param concurrency how many mails of one queue are under way at once, unless its connector says; twice as many on the way
 *     to MX hosts, where one queue serves all domains
 * @param mxPort the port of MX hosts
 * @param timeouts how long a host may take
 * @param hopsPerAttempt how many hosts one attempt asks at most
 * @param grace how long attempts under way may go on when the server stops
 */
public record DeliverySettings(
        String bounceProcessor, int concurrency, int mxPort, Timeouts timeouts, int hopsPerAttempt, Duration grace) {

    /** Used unless others are set. */
    public static final DeliverySettings DEFAULT =
            new DeliverySettings("bounces", 20, 25, Timeouts.DEFAULT, 10, Duration.ofSeconds(20));

    /** The same with another processor for bounces, another port for MX hosts, and another concurrency. */
    public DeliverySettings with(String processor, int port, int mails) {
        return new DeliverySettings(processor, mails, port, timeouts, hopsPerAttempt, grace);
    }
}
