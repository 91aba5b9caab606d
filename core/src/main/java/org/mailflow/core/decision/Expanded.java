package org.mailflow.core.decision;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.decision.RoutePlan.Routed;
import org.mailflow.core.model.Organization;

/**
 * Where a recipient's mail goes in the end, through groups and forwarding addresses.
 *
 * @param recipient as it is in the envelope
 * @param leaves who receives it, each once, depth first in the order of the directory; the recipient itself where it is
 *     no group; nobody where groups lead to nobody but themselves
 * @param loops whether a group leads back to itself: harmless as long as there is a leaf
 */
record Expanded(EmailAddress recipient, List<Leaf> leaves, boolean loops) {

    Expanded {
        leaves = List.copyOf(leaves);
    }

    /** Why nobody receives it. */
    Reason reason() {
        return Reason.of(
                loops
                        ? "mail for " + recipient + " goes on to nobody but itself, in a loop"
                        : "nobody is behind " + recipient);
    }

    /**
     * Somebody who receives it.
     *
     * @param resolution who
     * @param path the groups on the way, from the recipient on; empty where the recipient is no group
     * @param group the organization of the last of them
     */
    record Leaf(Resolution resolution, List<EmailAddress> path, Optional<Organization> group) {

        Leaf {
            path = List.copyOf(path);
        }

        /** Whose recipient it is: an organization's, or, of an outside address, the group's that has it as a member. */
        Optional<Organization> owner() {
            return resolution.organization().or(() -> group);
        }

        /** The addresses here that its mail went through: the groups, and its own where it is a contact. */
        List<EmailAddress> forwarders() {
            return resolution.isReaddressed()
                    ? Stream.concat(path.stream(), Stream.of(resolution.recipient()))
                            .toList()
                    : path;
        }

        /** These and this one's external address, where it leaves as a contact. */
        Contacts with(Contacts contacts) {
            boolean outside = resolution.location() instanceof RecipientLocation.External
                    && resolution.organization().isEmpty();
            return outside && group.isPresent()
                    ? contacts.with(resolution.deliveryAddress(), group.get(), path.get(path.size() - 1))
                    : contacts.with(resolution);
        }

        Routed routed(EmailAddress recipient, Reason reason) {
            if (path.isEmpty()) {
                return new Routed(recipient, resolution.deliveryAddress(), reason, Optional.empty());
            }
            String through = path.stream().map(EmailAddress::toString).collect(Collectors.joining(" > "));
            return new Routed(
                    recipient,
                    resolution.deliveryAddress(),
                    new Reason("through " + through + ": " + reason.text(), reason.decidedBy()),
                    Optional.of(resolution.recipient()));
        }
    }
}
