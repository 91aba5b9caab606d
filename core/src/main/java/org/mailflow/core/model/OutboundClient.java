package org.mailflow.core.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.mailflow.core.ip.IpAddress;

/**
 * How the server behaves as an SMTP client on an outbound connector (cmdlet New-SendConnector).
 *
 * @param maxOutboundConnections how many mails are under way at once, each in a session of its own; empty for the
 *     {@code concurrency} of DeliverByConnector
 * @param smtpMaxMessagesPerConnection how many mails go in one session at most
 * @param connectionInactivityTimeOut how long a session without mail is kept for the next one
 * @param authentication how it logs on to the hosts; empty where it does not
 * @param sourceIPAddresses the addresses that it connects from, one of each family at most; a host of a family that has
 *     none is not connected then. Empty for whatever the system chooses
 * @param forceHELO whether it greets with HELO, and so uses no extension, TLS included
 */
public record OutboundClient(
        OptionalInt maxOutboundConnections,
        int smtpMaxMessagesPerConnection,
        Duration connectionInactivityTimeOut,
        Optional<SmartHostAuthentication> authentication,
        List<IpAddress> sourceIPAddresses,
        boolean forceHELO) {

    /** What holds where nothing is written. */
    public static final OutboundClient DEFAULT =
            new OutboundClient(OptionalInt.empty(), 100, Duration.ofSeconds(5), Optional.empty(), List.of(), false);

    /** Copies the list. */
    public OutboundClient {
        sourceIPAddresses = List.copyOf(sourceIPAddresses);
    }

    /** The address to connect to a host from; empty for the system's choice. */
    public Optional<IpAddress> sourceFor(IpAddress host) {
        return sourceIPAddresses.stream()
                .filter(source -> source.isIpv4() == host.isIpv4())
                .findFirst();
    }

    /** Whether a host is connected at all: not from an address that is of another family than those that are set. */
    public boolean connects(IpAddress host) {
        return sourceIPAddresses.isEmpty() || sourceFor(host).isPresent();
    }
}
