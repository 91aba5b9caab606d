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
 */
public record Recipient(
        EmailAddress primaryAddress, Optional<EmailAddress> targetAddress, List<EmailAddress> proxyAddresses) {

    /** Copies the addresses. */
    public Recipient {
        proxyAddresses = List.copyOf(proxyAddresses);
    }
}
