package org.mailflow.core.decision;

import java.util.Optional;

/** What the sender of a mail that goes nowhere is told. */
public final class RouteFailure {

    private static final Reply RECIPIENT_NOT_FOUND =
            new Reply(550, "5.1.10", "RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup");

    private static final Reply RECIPIENT_LOOP =
            new Reply(554, "5.4.6", "RESOLVER.FWD.Loop; the recipient forwards to nobody but itself");

    private RouteFailure() {}

    /** The reply of a route that ends here; empty for a way on, or one that an administrator can still mend. */
    public static Optional<Reply> of(Route route) {
        if (route instanceof Route.UnknownRecipient) {
            return Optional.of(RECIPIENT_NOT_FOUND);
        }
        if (route instanceof Route.Loop) {
            return Optional.of(RECIPIENT_LOOP);
        }
        if (route instanceof Route.MailLoop loop) {
            return Optional.of(HopLimit.reply(loop.premises()));
        }
        if (route instanceof Route.TooLarge) {
            return Optional.of(Reply.TOO_LARGE_FOR_ROUTE);
        }
        return route instanceof Route.NotPermitted ? Optional.of(Reply.UNABLE_TO_RELAY) : Optional.empty();
    }
}
