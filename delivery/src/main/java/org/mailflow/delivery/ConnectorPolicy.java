package org.mailflow.delivery;

import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import org.apache.mailet.Mail;
import org.mailflow.core.decision.OtherPremises;
import org.mailflow.core.decision.OutgoingHeader;
import org.mailflow.core.model.EightBitConversion;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.Organization;
import org.mailflow.core.model.OutboundClient;
import org.mailflow.core.model.OutboundConnector;
import org.mailflow.core.model.RetrySchedule;
import org.mailflow.core.model.SmartHost;
import org.mailflow.core.model.SmartHostSelection;
import org.mailflow.core.tls.PeerIdentity;
import org.mailflow.core.tls.ServerCertificate;
import org.mailflow.james.Stamps;

/**
 * How the mails of one queue leave, by one snapshot. An attempt that has begun keeps the policy that it began with.
 *
 * @param mailflow the snapshot
 * @param organization whose connector; empty for MX
 * @param connector its name; empty for MX
 * @param smartHosts the next hops; empty for the MX hosts of the recipient's domain
 * @param smartHostSelection in which order they are asked
 * @param client how this server is a client
 * @param port of next hops that name none
 * @param heloName this server's name
 * @param retrySchedule when to try again, and when to give up
 * @param tls what is demanded of TLS; empty where it cannot be met, so that no mail leaves
 * @param otherPremises the default domain of the organization whose other premises the next hop is, once it has proven its
 *     certificate; empty where it is anybody else
 * @param eightBitConversion what becomes of mail that a next hop without 8BITMIME does not take
 */
record ConnectorPolicy(
        Mailflow mailflow,
        Optional<String> organization,
        Optional<String> connector,
        List<SmartHost> smartHosts,
        SmartHostSelection smartHostSelection,
        OutboundClient client,
        int port,
        String heloName,
        RetrySchedule retrySchedule,
        Optional<OutboundTls> tls,
        Optional<String> otherPremises,
        EightBitConversion eightBitConversion) {

    ConnectorPolicy {
        smartHosts = List.copyOf(smartHosts);
    }

    /** Mail without a connector. */
    static ConnectorPolicy mx(Mailflow mailflow, DeliverySettings settings) {
        return new ConnectorPolicy(
                mailflow,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                SmartHostSelection.ORDERED,
                OutboundClient.DEFAULT,
                settings.mxPort(),
                mailflow.server().fqdn(),
                mailflow.mxRetrySchedule(),
                tls(mailflow, Optional.empty()),
                Optional.empty(),
                EightBitConversion.CONVERT);
    }

    /** Mail of a connector. */
    static ConnectorPolicy of(Mailflow mailflow, Organization organization, OutboundConnector connector) {
        return new ConnectorPolicy(
                mailflow,
                Optional.of(organization.name()),
                Optional.of(connector.name()),
                connector.useMXRecord() ? List.of() : connector.smartHosts(),
                connector.smartHostSelection(),
                connector.client(),
                connector.port(),
                connector.fqdn().orElse(mailflow.server().fqdn()),
                connector.retrySchedule(),
                tls(mailflow, Optional.of(connector)),
                OtherPremises.of(organization, connector),
                connector.eightBitConversion());
    }

    /** The header that a mail has for a next hop. */
    OutgoingHeader header(Mail mail, PeerFacts peer) {
        return new OutgoingHeader(
                mailflow.server().fqdn(),
                otherPremises.isPresent() && peer.identity() instanceof PeerIdentity.Verified,
                otherPremises,
                isMadeHere(mail));
    }

    /** Mail that came by an SMTP handler without a stamp is nobody's: what is not known is not internal. */
    private static boolean isMadeHere(Mail mail) {
        return Stamps.of(mail).isEmpty()
                && mail.getAttribute(Mail.SMTP_SESSION_ID).isEmpty();
    }

    private static Optional<OutboundTls> tls(Mailflow mailflow, Optional<OutboundConnector> connector) {
        Optional<String> wanted = connector.flatMap(OutboundConnector::tlsCertificateName);
        Optional<ServerCertificate> certificate = wanted.flatMap(name -> mailflow.server().certificates().stream()
                .filter(candidate -> candidate.name().equalsIgnoreCase(name))
                .findFirst());
        if (wanted.isPresent() && certificate.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new OutboundTls(
                    connector.flatMap(OutboundConnector::tlsSettings),
                    connector.flatMap(OutboundConnector::tlsDomain),
                    certificate,
                    mailflow.server().trustedCertificates()));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /** What its figures and its hosts are called by: {@code mx}, or {@code organization/connector}. */
    String label() {
        return organization
                .flatMap(owner -> connector.map(name -> owner + "/" + name))
                .orElse("mx");
    }

    /** How many of its mails are under way at once; where they go to many hosts, there is room for more. */
    int budget(DeliverySettings settings) {
        return client.maxOutboundConnections()
                .orElse(isByDomain() ? 2 * settings.concurrency() : settings.concurrency());
    }

    /** Whether next hops depend on the recipient's domain. */
    boolean isByDomain() {
        return smartHosts.isEmpty();
    }
}
