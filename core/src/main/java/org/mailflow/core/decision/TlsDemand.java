package org.mailflow.core.decision;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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

    /**
     * Whether any of the routes of a plan demands TLS: a group has several.
     *
     * @return empty where that cannot be told now
     */
    public static Optional<Boolean> of(RoutePlan plan) {
        return ofAny(plan, TlsDemand::of);
    }

    /**
     * Whether any of the routes of a plan takes this one connector, and the connector demands TLS.
     *
     * @return empty where that cannot be told now
     */
    public static Optional<Boolean> of(RoutePlan plan, ConnectorNames.Outbound named) {
        return ofAny(plan, route -> of(route, named));
    }

    private static Optional<Boolean> ofAny(RoutePlan plan, Function<Route, Optional<Boolean>> demand) {
        List<Optional<Boolean>> demands =
                plan.groups().stream().map(RoutePlan.Group::route).map(demand).toList();
        if (demands.contains(Optional.of(true))) {
            return Optional.of(true);
        }
        return demands.stream().allMatch(Optional::isPresent) ? Optional.of(false) : Optional.empty();
    }

    private static boolean demanded(OutboundConnector connector) {
        return connector.tlsSettings().isPresent();
    }
}
