package org.mailflow.core.decision;

import java.util.List;
import org.mailflow.core.address.EmailAddress;

/**
 * The ways of all recipients of one mail, one group a way: as few copies as there are different ways.
 *
 * @param groups each recipient is in exactly one
 */
public record RoutePlan(List<Group> groups) {

    /** Copies the groups. */
    public RoutePlan {
        groups = List.copyOf(groups);
    }

    /**
     * Recipients that share a copy.
     *
     * @param route their way
     * @param recipients who, with the address to deliver to and the reason
     */
    public record Group(Route route, List<Routed> recipients) {
        /** Copies the recipients. */
        public Group {
            recipients = List.copyOf(recipients);
        }
    }

    /**
     * A recipient on a way.
     *
     * @param recipient as it is in the envelope
     * @param deliveryAddress as it must be in the envelope on this way
     * @param reason why this way
     */
    public record Routed(EmailAddress recipient, EmailAddress deliveryAddress, Reason reason) {}
}
