package org.mailflow.core.decision;

import java.util.Optional;
import org.mailflow.core.model.OutboundConnector;

/** Whether mail on a route must be encrypted (parameter TlsSettings). */
public final class TlsDemand {

    private TlsDemand() {}

    /**
     * Whether the route's connector demands TLS.
     *
     * @return empty where the route cannot be told now
     */
    public static Optional<Boolean> of(Route route) {
        return route instanceof Route.Wait
                ? Optional.empty()
                : Optional.of(route instanceof Route.ByConnector by && demanded(by.connector()));
    }

    /**
     * Whether the route takes this one connector, and the connector demands TLS.
     *
     * @return empty where the route cannot be told now
     */
    public static Optional<Boolean> of(Route route, ConnectorNames.Outbound named) {
        return of(route)
                .map(demanded -> demanded
                        && route instanceof Route.ByConnector by
                        && by.queueName().equals(named.organization().queueName(named.connector())));
    }

    private static boolean demanded(OutboundConnector connector) {
        return connector.tlsSettings().isPresent();
    }
}
