package org.mailflow.core.model;

import org.mailflow.core.address.DomainName;
import org.mailflow.core.config.Location;

/**
 * A domain that an organization receives mail for (cmdlets New-AcceptedDomain, Set-AcceptedDomain).
 *
 * @param name the domain
 * @param type what becomes of mail to unknown recipients
 * @param matchSubDomains whether every sub-domain is accepted too
 * @param location where it is configured
 */
public record AcceptedDomain(DomainName name, AcceptedDomainType type, boolean matchSubDomains, Location location) {}
