package org.mailflow.core.directory;

import java.util.List;
import org.mailflow.core.address.EmailAddress;

/**
 * To whom mail for a recipient goes on.
 *
 * @param members the next addresses, each of which is looked up in its turn; the recipient's own primary address among
 *     them stands for its mailbox, where a copy stays. Empty for a group without members: nobody receives its mail
 */
public record Expansion(List<EmailAddress> members) {

    /** Copies the addresses, one of each. */
    public Expansion {
        members = members.stream().distinct().toList();
    }
}
