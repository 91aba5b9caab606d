package org.mailflow.core.notification;

import java.util.Optional;
import java.util.Set;

/** What a sender asked to be told of a recipient (RFC 3461, 4.1: parameter NOTIFY). */
public enum NotifyOn {
    /** Nothing. */
    NEVER,
    /** That it was delivered. */
    SUCCESS,
    /** That it failed. */
    FAILURE,
    /** That it is late. */
    DELAY;

    /**
     * Whether the sender is told of an action.
     *
     * @param asked what he asked for; empty where he left it to the servers, which tell of failures and delays
     */
    public static boolean isToldOf(DeliveryAction action, Optional<Set<NotifyOn>> asked) {
        NotifyOn needed =
                switch (action) {
                    case FAILED -> FAILURE;
                    case DELAYED -> DELAY;
                    case RELAYED -> SUCCESS;
                };
        return asked.map(wishes -> wishes.contains(needed) && !wishes.contains(NEVER))
                .orElse(needed != SUCCESS);
    }
}
