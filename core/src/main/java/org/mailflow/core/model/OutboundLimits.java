package org.mailflow.core.model;

import java.time.Duration;
import java.util.List;

/**
 * How much of the server one domain or one next hop may take, and when a hop in trouble is left alone (cmdlet
 * Set-TransportService).
 *
 * @param maxPerDomainOutboundConnections mails to one domain that are under way at once, where mail goes to MX hosts
 * @param maxPerHostOutboundConnections sessions with one host at once, over all connectors
 * @param hostFailureThreshold troubles of a host in a row after which a connector does not ask it for a while
 * @param hostRetryIntervals for how long, the first, second, … time in a row; the last one repeats
 */
public record OutboundLimits(
        int maxPerDomainOutboundConnections,
        int maxPerHostOutboundConnections,
        int hostFailureThreshold,
        List<Duration> hostRetryIntervals) {

    /** What holds where nothing is written. */
    public static final OutboundLimits DEFAULT = new OutboundLimits(
            20,
            20,
            5,
            List.of(Duration.ofSeconds(30), Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofMinutes(5)));

    /** Refuses limits without an interval. */
    public OutboundLimits {
        hostRetryIntervals = List.copyOf(hostRetryIntervals);
        if (hostRetryIntervals.isEmpty()) {
            throw new IllegalArgumentException("hosts in trouble need one interval at least");
        }
    }
}
