package org.mailflow.core.decision;

import java.util.List;
import java.util.Optional;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.model.ConnectorType;
import org.mailflow.core.model.InboundConnector;
import org.mailflow.core.model.Mailflow;

/** Whether a client is one of a partner's servers, by its address (parameter SenderIPAddresses). */
public final class PartnerIpRange {

    private PartnerIpRange() {}

    /**
     * Whether an enabled partner connector that is about the sender's domain names the client's address.
     *
     * @param senderDomain empty for the null sender
     */
    public static boolean covers(Mailflow mailflow, Optional<DomainName> senderDomain, IpAddress client) {
        return mailflow.organizations().stream()
                .flatMap(organization -> organization.inboundConnectors().stream())
                .filter(connector -> connector.connectorType() == ConnectorType.PARTNER)
                .filter(connector -> connector.isAboutSenderDomain(senderDomain))
                .anyMatch(connector -> covers(connector, client));
    }

    /**
     * Whether the connector of this name, of whatever type, is enabled and names the client's address.
     *
     * @param name as {@link ConnectorNames} has it
     * @return empty where the name is no connector's, or that of several
     */
    public static Optional<Boolean> covers(Mailflow mailflow, String name, IpAddress client) {
        List<InboundConnector> named = ConnectorNames.inbound(mailflow, name);
        return named.size() == 1 ? Optional.of(covers(named.get(0), client)) : Optional.empty();
    }

    private static boolean covers(InboundConnector connector, IpAddress client) {
        return connector.enabled() && connector.senderIPAddresses().contains(client);
    }
}
