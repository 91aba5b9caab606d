package org.mailflow.core.decision;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.Organization;

/**
 * Follows groups and forwarding addresses to those who receive the mail: depth first, each once. A member whose
 * directory is unavailable is a leaf that waits, for itself alone.
 */
final class Expander {

    /** An address that is still to be looked up. */
    private record Step(EmailAddress address, List<EmailAddress> path, Optional<Organization> group) {}

    private final Mailflow mailflow;
    private final Deque<Step> steps = new ArrayDeque<>();
    private final Set<EmailAddress> groups = new HashSet<>();
    private final Set<EmailAddress> reached = new HashSet<>();
    private final List<Expanded.Leaf> leaves = new ArrayList<>();
    private boolean loops;

    private Expander(Mailflow mailflow) {
        this.mailflow = mailflow;
    }

    /** Follows a recipient. */
    static Expanded expand(Mailflow mailflow, EmailAddress recipient) {
        Expander expander = new Expander(mailflow);
        expander.steps.push(new Step(recipient, List.of(), Optional.empty()));
        while (!expander.steps.isEmpty()) {
            expander.take(expander.steps.pop());
        }
        return new Expanded(recipient, expander.leaves, expander.loops);
    }

    /**
     * Follows a recipient whose mail goes on to one other address, as often as it does: to a recipient that receives mail
     * itself, to a group of several, or to nobody. Members of groups are not asked for: a client waits for the answer.
     */
    static Resolution endOf(Mailflow mailflow, Resolution recipient) {
        Resolution at = recipient;
        Set<EmailAddress> passed = new HashSet<>();
        while (at.location() instanceof RecipientLocation.Group group
                && group.members().size() == 1) {
            EmailAddress next = group.members().get(0);
            if (next.equals(group.address())) {
                return at;
            }
            if (!passed.add(group.address())) {
                return new Resolution(
                        recipient.recipient(),
                        recipient.organization(),
                        recipient.accepted(),
                        new RecipientLocation.Unknown(),
                        new Expanded(recipient.recipient(), List.of(), true).reason());
            }
            at = RecipientResolver.resolveRecipient(mailflow, next);
        }
        return at;
    }

    private void take(Step step) {
        Resolution resolution = RecipientResolver.resolveRecipient(mailflow, step.address());
        if (!(resolution.location() instanceof RecipientLocation.Group group)) {
            leaf(resolution, step);
            return;
        }
        if (!groups.add(group.address())) {
            loops = loops || step.path().contains(group.address());
            return;
        }
        List<EmailAddress> path = new ArrayList<>(step.path());
        path.add(group.address());
        for (int i = group.members().size() - 1; i >= 0; i--) {
            EmailAddress member = group.members().get(i);
            if (!member.equals(group.address())) {
                steps.push(new Step(member, path, resolution.organization()));
            }
        }
        if (group.members().contains(group.address())) {
            leaf(mailboxOf(group, resolution), new Step(group.address(), path, resolution.organization()));
        }
    }

    /** A copy that stays in the mailbox whose mail is forwarded. */
    private static Resolution mailboxOf(RecipientLocation.Group group, Resolution resolution) {
        return new Resolution(
                group.address(),
                resolution.organization(),
                resolution.accepted(),
                new RecipientLocation.MailboxHere(group.address()),
                new Reason(
                        "a copy stays in the mailbox of " + group.address() + " here",
                        resolution.reason().decidedBy()));
    }

    private void leaf(Resolution resolution, Step step) {
        if (reached.add(resolution.deliveryAddress())) {
            leaves.add(new Expanded.Leaf(resolution, step.path(), step.group()));
        }
    }
}
