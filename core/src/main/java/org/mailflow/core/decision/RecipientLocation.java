package org.mailflow.core.decision;

import java.util.List;
import org.mailflow.core.address.EmailAddress;

/** Where a recipient is. */
public sealed interface RecipientLocation {

    /**
     * A mailbox on this server.
     *
     * @param address its primary address
     */
    record MailboxHere(EmailAddress address) implements RecipientLocation {}

    /**
     * A mailbox on the organization's other premises.
     *
     * @param address the address to send to: the routing address, or the recipient's own
     */
    record OtherPremises(EmailAddress address) implements RecipientLocation {}

    /**
     * Outside of the organization: any internet address, or the target of a mail contact.
     *
     * @param address the address to send to
     */
    record External(EmailAddress address) implements RecipientLocation {}

    /**
     * With others: a group, or a mailbox whose mail is forwarded.
     *
     * @param address its own primary address
     * @param members to whom its mail goes on; its own address among them stands for a mailbox here
     */
    record Group(EmailAddress address, List<EmailAddress> members) implements RecipientLocation {
        /** Copies the members. */
        public Group {
            members = List.copyOf(members);
        }
    }

    /** Nobody: the domain is authoritative and its directory does not know the address. */
    record Unknown() implements RecipientLocation {}

    /**
     * Not to be told now.
     *
     * @param why the directory's words
     */
    record Unavailable(String why) implements RecipientLocation {}
}
