package org.mailflow.core.decision;

import java.util.List;
import java.util.stream.Stream;
import org.mailflow.core.model.InboundConnector;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.Organization;
import org.mailflow.core.model.OutboundConnector;

/**
 * Finds connectors by the name that an administrator writes: {@code connector}, or {@code organization/connector} where
 * several organizations have one of the same name. Names compare without regard to case.
 */
public final class ConnectorNames {

    /**
     * An outbound connector with its organization.
     *
     * @param organization whose
     * @param connector which
     */
    public record Outbound(Organization organization, OutboundConnector connector) {}

    private ConnectorNames() {}

    /** The inbound connectors of this name, of all organizations. */
    public static List<InboundConnector> inbound(Mailflow mailflow, String name) {
        return mailflow.organizations().stream()
                .flatMap(organization -> organization.inboundConnectors().stream()
                        .filter(connector -> is(organization, connector.name(), name)))
                .toList();
    }

    /** The outbound connectors of this name, of all organizations. */
    public static List<Outbound> outbound(Mailflow mailflow, String name) {
        return mailflow.organizations().stream()
                .flatMap(organization -> organization.outboundConnectors().all().stream()
                        .filter(connector -> is(organization, connector.name(), name))
                        .map(connector -> new Outbound(organization, connector)))
                .toList();
    }

    /** Whether the inbound connector of a stamp bears this name. */
    public static boolean isInboundOf(Stamp stamp, String name) {
        return stamp.connector().stream()
                .flatMap(connector -> Stream.concat(
                        Stream.of(connector), stamp.organization().map(owner -> owner + "/" + connector).stream()))
                .anyMatch(name::equalsIgnoreCase);
    }

    private static boolean is(Organization organization, String connector, String name) {
        return connector.equalsIgnoreCase(name) || (organization.name() + "/" + connector).equalsIgnoreCase(name);
    }
}
