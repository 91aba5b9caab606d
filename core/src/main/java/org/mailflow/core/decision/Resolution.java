package org.mailflow.core.decision;

import java.util.Optional;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.model.Mailflow.Accepted;
import org.mailflow.core.model.Organization;

/**
 * What a recipient address stands for.
 *
 * @param recipient the address that was asked about
 * @param organization whose recipient it is; empty for an internet address
 * @param accepted the accepted domain that it is in; empty where it is in none
 * @param location where it is
 * @param reason why
 */
public record Resolution(
        EmailAddress recipient,
        Optional<Organization> organization,
        Optional<Accepted> accepted,
        RecipientLocation location,
        Reason reason) {

    /** The address that mail for the recipient is delivered to, where there is one other than its own. */
    public EmailAddress deliveryAddress() {
        if (location instanceof RecipientLocation.MailboxHere here) {
            return here.address();
        }
        if (location instanceof RecipientLocation.OtherPremises other) {
            return other.address();
        }
        if (location instanceof RecipientLocation.Group group) {
            return group.address();
        }
        return location instanceof RecipientLocation.External external ? external.address() : recipient;
    }

    /** Whether mail for the recipient is delivered to another address than its own. */
    public boolean isReaddressed() {
        return !deliveryAddress().equals(recipient);
    }
}
