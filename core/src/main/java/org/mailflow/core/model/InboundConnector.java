package org.mailflow.core.model;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.address.DomainPattern;
import org.mailflow.core.config.Location;
import org.mailflow.core.ip.IpSet;
import org.mailflow.core.tls.CertificateDemand;

/**
 * A source of mail (cmdlets New-InboundConnector, Set-InboundConnector). A connector of type onPremises identifies the
 * organization's own servers and never refuses; one of type partner demands what it says, and grants nothing.
 *
 * @param name unique in its organization
 * @param connectorType own servers or partner
 * @param enabled whether it takes part at all
 * @param senderDomains partner: the sender domains that it is about; onPremises: those it identifies
 * @param senderIPAddresses the addresses of its servers; may be empty
 * @param restrictDomainsToIPAddresses partner: refuse these sender domains from any other address
 * @param restrictDomainsToCertificate partner: refuse these sender domains without such a certificate
 * @param senderCertificate what the peer's certificate must be: {@code tlsSenderCertificateName}, pins
 * @param requireTls partner: refuse these sender domains without TLS
 * @param cloudServicesMailEnabled the peer is the other premises of a hybrid deployment
 * @param treatMessagesAsInternal onPremises: mail from the organization's own domains counts as internal
 * @param associatedAcceptedDomains the accepted domains that it is limited to; empty for all
 * @param skipListing which servers are looked past for the source of a mail (enhanced filtering)
 * @param comment the administrator's
 * @param location where it is configured
 */
public record InboundConnector(
        String name,
        ConnectorType connectorType,
        boolean enabled,
        List<DomainPattern> senderDomains,
        IpSet senderIPAddresses,
        boolean restrictDomainsToIPAddresses,
        boolean restrictDomainsToCertificate,
        CertificateDemand senderCertificate,
        boolean requireTls,
        boolean cloudServicesMailEnabled,
        boolean treatMessagesAsInternal,
        List<DomainName> associatedAcceptedDomains,
        SkipListing skipListing,
        String comment,
        Location location) {

    /** Copies the lists. */
    public InboundConnector {
        senderDomains = List.copyOf(senderDomains);
        associatedAcceptedDomains = List.copyOf(associatedAcceptedDomains);
    }

    /** Whether the sender's domain is one that this connector is about; a null sender has none and fits {@code *}. */
    public boolean isAboutSenderDomain(Optional<DomainName> senderDomain) {
        return senderDomains.stream()
                .anyMatch(pattern ->
                        senderDomain.map(pattern::matches).orElseGet(() -> pattern instanceof DomainPattern.Any));
    }

    /** Whether mail to this accepted domain is within the connector's limits. */
    public boolean isAboutAcceptedDomain(DomainName acceptedDomain) {
        return associatedAcceptedDomains.isEmpty() || associatedAcceptedDomains.contains(acceptedDomain);
    }

    /**
     * Whether mail between these domains is within the limits of a connector of type onPremises: one of the two must be
     * an associated accepted domain, if there are any.
     *
     * @param acceptedDomains the accepted domains that sender and recipient are in
     */
    public boolean isAboutOneOf(Collection<DomainName> acceptedDomains) {
        return associatedAcceptedDomains.isEmpty()
                || acceptedDomains.stream().anyMatch(associatedAcceptedDomains::contains);
    }

    /** How closely the sender domains fit: the more, the closer. A null sender fits {@code *} alone. */
    public int closeness(Optional<DomainName> senderDomain) {
        return senderDomains.stream()
                .filter(pattern -> senderDomain.map(pattern::matches).orElse(pattern instanceof DomainPattern.Any))
                .mapToInt(InboundConnector::closeness)
                .max()
                .orElse(0);
    }

    private static int closeness(DomainPattern pattern) {
        if (pattern instanceof DomainPattern.WithSubDomains wildcard) {
            return wildcard.root().value().length();
        }
        return pattern instanceof DomainPattern.Any ? 0 : Integer.MAX_VALUE;
    }
}
