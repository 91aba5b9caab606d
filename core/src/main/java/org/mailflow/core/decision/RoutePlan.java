package org.mailflow.core.decision;

import java.util.List;
import java.util.Optional;
import org.mailflow.core.address.EmailAddress;

/**
 * The ways of all recipients of one mail: as few copies as there are different ways, and senders on them; those behind a group or
 * forwarding address, who leave this server, have one of their own.
 *
 * @param groups each recipient is in exactly one; but one whose mail goes on to others is in theirs, once for each
 * @param contacts those of the recipients that are contacts, by the external addresses that they have on their ways
 */
public record RoutePlan(List<Group> groups, Contacts contacts) {

    /** Copies the groups. */
    public RoutePlan {
        groups = List.copyOf(groups);
    }

    /**
     * Recipients that share a copy.
     *
     * @param route their way
     * @param sender the sender of the copy; empty for the mail's own
     * @param recipients who, with the address to deliver to and the reason
     * @param loopMark the lines of the header fields by which this server knows the copy again, should it come back; none
     *     for a copy that stays here
     */
    public record Group(Route route, Optional<NewSender> sender, List<Routed> recipients, List<String> loopMark) {
        /** Copies the lists. */
        public Group {
            recipients = List.copyOf(recipients);
            loopMark = List.copyOf(loopMark);
        }
    }

    /**
     * A recipient on a way.
     *
     * @param recipient as it is in the envelope
     * @param deliveryAddress as it must be in the envelope on this way
     * @param reason why this way
     * @param member the address by which this recipient was reached from the one in the envelope; empty where it is that
     */
    public record Routed(
            EmailAddress recipient, EmailAddress deliveryAddress, Reason reason, Optional<EmailAddress> member) {}
}
