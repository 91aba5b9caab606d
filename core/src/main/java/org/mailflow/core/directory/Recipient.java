package org.mailflow.core.directory;

import java.util.List;
import java.util.Optional;
import org.mailflow.core.address.EmailAddress;

/**
 * A recipient of an organization.
 *
 * @param primaryAddress its primary SMTP address
 * @param targetAddress where its mail goes instead of a mailbox here (attribute targetAddress, parameter
 *     RemoteRoutingAddress or ExternalEmailAddress); empty where the mailbox is here
 * @param proxyAddresses its further addresses
 * @param expansion to whom its mail goes on instead: a group's members, a mailbox's forwarding addresses; empty for a
 *     recipient that receives its mail itself
 */
public record Recipient(
        EmailAddress primaryAddress,
        Optional<EmailAddress> targetAddress,
        List<EmailAddress> proxyAddresses,
        Optional<Expansion> expansion) {

    /** Copies the addresses. */
    public Recipient {
        proxyAddresses = List.copyOf(proxyAddresses);
    }

    /** A recipient that receives its mail itself. */
    public Recipient(
            EmailAddress primaryAddress, Optional<EmailAddress> targetAddress, List<EmailAddress> proxyAddresses) {
        this(primaryAddress, targetAddress, proxyAddresses, Optional.empty());
    }

    /** A recipient whose mail goes on to these addresses. */
    public static Recipient expandedTo(
            EmailAddress primaryAddress, List<EmailAddress> proxyAddresses, Expansion expansion) {
        return new Recipient(primaryAddress, Optional.empty(), proxyAddresses, Optional.of(expansion));
    }
}
