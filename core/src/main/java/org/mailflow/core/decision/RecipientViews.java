package org.mailflow.core.decision;

import java.util.List;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.model.Mailflow;

/** Shows what {@link RecipientResolver} makes of a recipient, and of those to whom its mail goes on. */
public final class RecipientViews {

    /**
     * A recipient as the decisions see it.
     *
     * @param recipient its address
     * @param location where it is, in the words of {@code explain}
     * @param reason why
     * @param members who receives its mail in the end, where it goes on to others
     */
    public record View(EmailAddress recipient, String location, Reason reason, List<View> members) {
        /** Copies the members. */
        public View {
            members = List.copyOf(members);
        }
    }

    private RecipientViews() {}

    /** Resolves a recipient, and follows it to the end where it is a group. */
    public static View of(Mailflow mailflow, EmailAddress recipient) {
        Resolution resolution = RecipientResolver.resolveRecipient(mailflow, recipient);
        if (!(resolution.location() instanceof RecipientLocation.Group)) {
            return view(resolution);
        }
        Expanded expanded = Expander.expand(mailflow, recipient);
        Reason reason = expanded.leaves().isEmpty()
                ? new Reason(expanded.reason().text(), resolution.reason().decidedBy())
                : resolution.reason();
        return new View(
                recipient,
                RouteNames.word(resolution.location()),
                reason,
                expanded.leaves().stream().map(leaf -> view(leaf.resolution())).toList());
    }

    private static View view(Resolution resolution) {
        return new View(resolution.recipient(), RouteNames.word(resolution.location()), resolution.reason(), List.of());
    }
}
