package org.mailflow.core.model;

import java.util.List;
import java.util.Optional;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.address.DomainPattern;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.config.Location;
import org.mailflow.core.tls.CertificateName;

/**
 * A way out for mail (cmdlets New-OutboundConnector, Set-OutboundConnector, New-SendConnector).
 *
 * @param name unique in its organization; its queue bears it
 * @param connectorType own servers or partner
 * @param enabled whether it takes part at all
 * @param recipientDomains the domains that it serves
 * @param allAcceptedDomains whether it serves every accepted domain of the organization as well (a union, D3)
 * @param useMXRecord whether next hops are the MX hosts of the recipient's domain
 * @param smartHosts the next hops otherwise, in the order in which they are written
 * @param port of next hops that do not name one
 * @param tlsSettings what is demanded of TLS; empty for TLS where it is offered
 * @param tlsDomain the name that the peer's certificate must carry, with {@link TlsSettings#DOMAIN_VALIDATION}
 * @param tlsCertificateName the name of the server's certificate that is presented to the peer; empty for none
 * @param fqdn the name in EHLO; empty for the server's
 * @param isTransportRuleScoped whether only a mail flow rule, never a domain, selects it
 * @param routeAllMessagesViaOnPremises centralized mail transport
 * @param cloudServicesMailEnabled the peer is the other premises of a hybrid deployment
 * @param senderRewritingEnabled whether strangers' mail to external recipients gets a sender of ours on the way to own
 *     servers too
 * @param cost the lower one wins between equals (D11)
 * @param retrySchedule when to try again and when to give up
 * @param maxMessageSize the largest mail that it takes, in bytes; empty for any. It is not selected for a larger one
 * @param eightBitConversion what becomes of mail that a next hop without 8BITMIME does not take
 * @param smartHostSelection in which order the smart hosts are asked
 * @param client how the server behaves as an SMTP client
 * @param validationRecipients whom the next hops are asked to take mail for when the connector is validated (cmdlet
 *     parameter ValidationRecipients)
 * @param comment the administrator's
 * @param location where it is configured
 */
public record OutboundConnector(
        String name,
        ConnectorType connectorType,
        boolean enabled,
        List<DomainPattern> recipientDomains,
        boolean allAcceptedDomains,
        boolean useMXRecord,
        List<SmartHost> smartHosts,
        int port,
        Optional<TlsSettings> tlsSettings,
        Optional<CertificateName> tlsDomain,
        Optional<String> tlsCertificateName,
        Optional<String> fqdn,
        boolean isTransportRuleScoped,
        boolean routeAllMessagesViaOnPremises,
        boolean cloudServicesMailEnabled,
        boolean senderRewritingEnabled,
        int cost,
        RetrySchedule retrySchedule,
        Optional<Long> maxMessageSize,
        EightBitConversion eightBitConversion,
        SmartHostSelection smartHostSelection,
        OutboundClient client,
        List<EmailAddress> validationRecipients,
        String comment,
        Location location) {

    /** Copies the lists. */
    public OutboundConnector {
        recipientDomains = List.copyOf(recipientDomains);
        smartHosts = List.copyOf(smartHosts);
        validationRecipients = List.copyOf(validationRecipients);
    }

    /**
     * Whether mail to a domain may ever leave by this connector, whichever connector wins: by its domains, by a rule, or by
     * centralized mail transport.
     *
     * @param isAccepted whether it is an accepted domain of the organization
     */
    public boolean mayServe(DomainName domain, boolean isAccepted) {
        return isTransportRuleScoped
                || routeAllMessagesViaOnPremises
                || (allAcceptedDomains && isAccepted)
                || recipientDomains.stream().anyMatch(pattern -> pattern.matches(domain));
    }

    /** A connector that takes mail of any size, converts it where it must and asks its hosts in order, with the defaults of an SMTP client. */
    public OutboundConnector(
            String name,
            ConnectorType connectorType,
            boolean enabled,
            List<DomainPattern> recipientDomains,
            boolean allAcceptedDomains,
            boolean useMXRecord,
            List<SmartHost> smartHosts,
            int port,
            Optional<TlsSettings> tlsSettings,
            Optional<CertificateName> tlsDomain,
            Optional<String> tlsCertificateName,
            Optional<String> fqdn,
            boolean isTransportRuleScoped,
            boolean routeAllMessagesViaOnPremises,
            boolean cloudServicesMailEnabled,
            boolean senderRewritingEnabled,
            int cost,
            RetrySchedule retrySchedule,
            String comment,
            Location location) {
        this(
                name,
                connectorType,
                enabled,
                recipientDomains,
                allAcceptedDomains,
                useMXRecord,
                smartHosts,
                port,
                tlsSettings,
                tlsDomain,
                tlsCertificateName,
                fqdn,
                isTransportRuleScoped,
                routeAllMessagesViaOnPremises,
                cloudServicesMailEnabled,
                senderRewritingEnabled,
                cost,
                retrySchedule,
                Optional.empty(),
                EightBitConversion.CONVERT,
                SmartHostSelection.ORDERED,
                OutboundClient.DEFAULT,
                List.of(),
                comment,
                location);
    }

    /** The same, that takes mail up to this many bytes. */
    public OutboundConnector upTo(long bytes) {
        return new OutboundConnector(
                name,
                connectorType,
                enabled,
                recipientDomains,
                allAcceptedDomains,
                useMXRecord,
                smartHosts,
                port,
                tlsSettings,
                tlsDomain,
                tlsCertificateName,
                fqdn,
                isTransportRuleScoped,
                routeAllMessagesViaOnPremises,
                cloudServicesMailEnabled,
                senderRewritingEnabled,
                cost,
                retrySchedule,
                Optional.of(bytes),
                eightBitConversion,
                smartHostSelection,
                client,
                validationRecipients,
                comment,
                location);
    }

    /** Whether it takes a mail of so many bytes; 0 where nobody knows. */
    public boolean takes(long bytes) {
        return maxMessageSize.filter(most -> bytes > most).isEmpty();
    }
}
