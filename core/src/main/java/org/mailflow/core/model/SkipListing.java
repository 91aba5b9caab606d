package org.mailflow.core.model;

import java.util.List;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.ip.IpSet;

/**
 * Enhanced filtering of an inbound connector: which servers in front of this one are looked past for the source of a mail
 * (cmdlet parameters EFSkipLastIP, EFSkipIPs, EFUsers).
 *
 * @param skipLastIP whether the connecting server is looked past, and no other but private addresses
 * @param skipIPs the servers that are looked past, wherever they stand in the chain; may be empty
 * @param users the recipients that it is limited to; empty for all
 */
public record SkipListing(boolean skipLastIP, IpSet skipIPs, List<EmailAddress> users) {

    /** Every mail's source is the server that connects. */
    public static final SkipListing NONE = new SkipListing(false, IpSet.of(List.of()), List.of());

    /** Copies the recipients. */
    public SkipListing {
        users = List.copyOf(users);
    }

    /** Whether anything is looked past. */
    public boolean isOn() {
        return skipLastIP || !skipIPs.isEmpty();
    }

    /** Whether it is meant for a recipient, by the address that was written or the one that it is delivered to. */
    public boolean isFor(EmailAddress recipient, EmailAddress deliveryAddress) {
        return users.isEmpty() || users.contains(recipient) || users.contains(deliveryAddress);
    }
}
