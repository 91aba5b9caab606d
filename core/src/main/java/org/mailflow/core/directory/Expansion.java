package org.mailflow.core.directory;

import java.util.List;
import org.mailflow.core.address.EmailAddress;

/**
 * To whom mail for a recipient goes on.
 *
 * @param members the next addresses, each of which is looked up in its turn; the recipient's own primary address among
 *     them stands for its mailbox, where a copy stays. Empty for a group without members: nobody receives its mail
 * @param skipped who is a member and receives nothing, each with the reason, for administrators
 */
public record Expansion(List<EmailAddress> members, List<String> skipped) {

    /** Copies the addresses, one of each. */
    public Expansion {
        members = members.stream().distinct().toList();
        skipped = List.copyOf(skipped);
    }

    /** To whom mail goes on, where that is everybody. */
    public Expansion(List<EmailAddress> members) {
        this(members, List.of());
    }
}
