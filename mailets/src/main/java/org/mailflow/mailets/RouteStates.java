package org.mailflow.mailets;

import java.util.List;
import java.util.Optional;
import org.apache.mailet.ProcessingState;
import org.mailflow.core.decision.Route;

/** The processors that go on with a mail, by its way. */
record RouteStates(
        ProcessingState local,
        ProcessingState connector,
        ProcessingState mx,
        ProcessingState unknownRecipient,
        ProcessingState unreachable,
        ProcessingState notPermitted) {

    static RouteStates of(Parameters parameters) {
        ProcessingState relay = parameters.processor("relayProcessor", "relay");
        return new RouteStates(
                parameters.processor("localProcessor", "local-delivery"),
                parameters.processor("connectorProcessor", relay.getValue()),
                relay,
                parameters.processor("unknownRecipientProcessor", "unknown-recipient"),
                parameters.processor("unreachableProcessor", "unreachable"),
                parameters.processor("notPermittedProcessor", "not-permitted"));
    }

    /** The processor for a way; empty for mail that waits where it is. */
    Optional<ProcessingState> of(Route route) {
        if (route instanceof Route.Local) {
            return Optional.of(local);
        }
        if (route instanceof Route.ByConnector) {
            return Optional.of(connector);
        }
        if (route instanceof Route.ByMx) {
            return Optional.of(mx);
        }
        if (route instanceof Route.UnknownRecipient || route instanceof Route.Loop) {
            return Optional.of(unknownRecipient);
        }
        if (route instanceof Route.Unreachable) {
            return Optional.of(unreachable);
        }
        return route instanceof Route.NotPermitted ? Optional.of(notPermitted) : Optional.empty();
    }

    /** Every one of them. */
    List<ProcessingState> all() {
        return List.of(local, connector, mx, unknownRecipient, unreachable, notPermitted);
    }
}
