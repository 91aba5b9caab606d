package org.mailflow.mailets;

import java.util.List;
import java.util.Optional;
import org.apache.mailet.ProcessingState;
import org.mailflow.core.container.settings.SelectConnectorSettings;
import org.mailflow.core.decision.Route;

/** The processors that go on with a mail, by its way. */
record RouteStates(
        ProcessingState local,
        ProcessingState connector,
        ProcessingState mx,
        ProcessingState unknownRecipient,
        ProcessingState unreachable,
        ProcessingState notPermitted,
        ProcessingState loop,
        ProcessingState tooLarge) {

    static RouteStates of(Parameters parameters) {
        ProcessingState relay = parameters.processor(SelectConnectorSettings.RELAY_PROCESSOR);
        return new RouteStates(
                parameters.processor(SelectConnectorSettings.LOCAL_PROCESSOR),
                parameters
                        .optional(SelectConnectorSettings.CONNECTOR_PROCESSOR)
                        .map(ProcessingState::new)
                        .orElse(relay),
                relay,
                parameters.processor(SelectConnectorSettings.UNKNOWN_RECIPIENT_PROCESSOR),
                parameters.processor(SelectConnectorSettings.UNREACHABLE_PROCESSOR),
                parameters.processor(SelectConnectorSettings.NOT_PERMITTED_PROCESSOR),
                parameters
                        .optional(SelectConnectorSettings.LOOP_PROCESSOR)
                        .map(ProcessingState::new)
                        .orElseGet(() -> parameters.processor(SelectConnectorSettings.UNKNOWN_RECIPIENT_PROCESSOR)),
                parameters
                        .optional(SelectConnectorSettings.TOO_LARGE_PROCESSOR)
                        .map(ProcessingState::new)
                        .orElseGet(() -> parameters.processor(SelectConnectorSettings.UNKNOWN_RECIPIENT_PROCESSOR)));
    }

    /** The processor for a way; empty for mail that waits where it is, and for a copy that nobody misses. */
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
        if (route instanceof Route.MailLoop) {
            return Optional.of(loop);
        }
        if (route instanceof Route.TooLarge) {
            return Optional.of(tooLarge);
        }
        if (route instanceof Route.Unreachable) {
            return Optional.of(unreachable);
        }
        return route instanceof Route.NotPermitted ? Optional.of(notPermitted) : Optional.empty();
    }

    /** Every one of them. */
    List<ProcessingState> all() {
        return List.of(local, connector, mx, unknownRecipient, unreachable, notPermitted, loop, tooLarge);
    }
}
