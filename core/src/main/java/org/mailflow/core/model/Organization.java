package org.mailflow.core.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.config.Location;
import org.mailflow.core.directory.RecipientDirectory;

/**
 * A tenant of the server: everything that decides its mail.
 *
 * @param name unique on the server
 * @param premises the side that this server plays for it
 * @param acceptedDomains the domains it receives mail for
 * @param directory its recipients
 * @param inboundConnectors its sources of mail
 * @param outboundConnectors its ways out
 * @param hybrid what it knows of its other premises
 * @param rejectDirectSend whether anonymous mail in the name of an accepted domain is refused (cmdlet parameter
 *     RejectDirectSend)
 * @param senderRewriting whether strangers' mail that leaves gets a sender of ours
 * @param maxHopCount how many servers a mail may have passed through (cmdlet parameter MaxHopCount); empty for what is
 *     usual on its premises
 * @param location where it is configured
 */
public record Organization(
        String name,
        Premises premises,
        List<AcceptedDomain> acceptedDomains,
        RecipientDirectory directory,
        List<InboundConnector> inboundConnectors,
        OutboundConnectors outboundConnectors,
        Hybrid hybrid,
        boolean rejectDirectSend,
        boolean senderRewriting,
        OptionalInt maxHopCount,
        Location location) {

    /** Copies the lists. */
    public Organization {
        acceptedDomains = List.copyOf(acceptedDomains);
        inboundConnectors = List.copyOf(inboundConnectors);
    }

    /** An organization with the hop limit that is usual on its premises. */
    public Organization(
            String name,
            Premises premises,
            List<AcceptedDomain> acceptedDomains,
            RecipientDirectory directory,
            List<InboundConnector> inboundConnectors,
            OutboundConnectors outboundConnectors,
            Hybrid hybrid,
            boolean rejectDirectSend,
            boolean senderRewriting,
            Location location) {
        this(
                name,
                premises,
                acceptedDomains,
                directory,
                inboundConnectors,
                outboundConnectors,
                hybrid,
                rejectDirectSend,
                senderRewriting,
                OptionalInt.empty(),
                location);
    }

    /** The same organization with its recipients in another directory. */
    public Organization withDirectory(RecipientDirectory other) {
        return new Organization(
                name,
                premises,
                acceptedDomains,
                other,
                inboundConnectors,
                outboundConnectors,
                hybrid,
                rejectDirectSend,
                senderRewriting,
                maxHopCount,
                location);
    }

    /** Whether mail to the domain goes to the cloud side by routing address. */
    public boolean isTargetDeliveryDomain(DomainName domain) {
        return hybrid.targetDeliveryDomain().filter(domain::equals).isPresent();
    }

    /** The domain that stands for it: the first authoritative one, or else the first; empty where it has none. */
    public Optional<DomainName> defaultDomain() {
        return acceptedDomains.stream()
                .filter(domain -> domain.type() == AcceptedDomainType.AUTHORITATIVE)
                .findFirst()
                .or(() -> acceptedDomains.stream().findFirst())
                .map(AcceptedDomain::name);
    }

    /** The name of an outbound connector's queue: unique on the server. */
    public String queueName(OutboundConnector connector) {
        return name + "/" + connector.name();
    }

    /** The inbound connector of this name. */
    public Optional<InboundConnector> inboundConnector(String connectorName) {
        return inboundConnectors.stream()
                .filter(connector -> connector.name().equalsIgnoreCase(connectorName))
                .findFirst();
    }

    /** The name alone. */
    @Override
    public String toString() {
        return name;
    }
}
