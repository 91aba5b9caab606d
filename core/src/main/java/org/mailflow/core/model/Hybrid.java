package org.mailflow.core.model;

import java.util.Optional;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.config.Location;

/**
 * What the two premises of an organization know of each other.
 *
 * @param targetDeliveryDomain the domain of routing addresses (contoso.mail.onmicrosoft.com): mail to it goes to the
 *     cloud (cmdlet parameter TargetDeliveryDomain of Set-RemoteDomain)
 * @param egress on-premises: by which side the cloud's mail leaves to the internet that centralized mail transport
 *     brought here
 * @param location where it is configured
 */
public record Hybrid(Optional<DomainName> targetDeliveryDomain, CentralizedTransportEgress egress, Location location) {

    /** With the default of everything that has one. */
    public Hybrid(Optional<DomainName> targetDeliveryDomain, Location location) {
        this(targetDeliveryDomain, CentralizedTransportEgress.ON_PREMISES, location);
    }
}
