package org.mailflow.core.decision;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.decision.Attribution.Anonymous;
import org.mailflow.core.decision.Attribution.Evidence;
import org.mailflow.core.decision.Attribution.Originating;
import org.mailflow.core.model.ConnectorType;
import org.mailflow.core.model.InboundConnector;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.Organization;
import org.mailflow.core.tls.PeerIdentity;

/**
 * Attributes a transaction to an organization by evidence: SMTP AUTH, a certificate that is verified or pinned, or the
 * connecting address, in this order. Where several connectors have evidence, certificate goes before address, then the
 * organization that owns the MAIL FROM domain, then the one that owns the recipient's. Two organizations that are
 * equal in all of this get nothing: a guess would let one send as the other. Within an organization the connector
 * applies whose sender domains fit most closely, then the first in the file.
 */
public final class Attributor {

    private Attributor() {}

    /** Attributes mail from a sender (empty for the null sender) to a recipient. */
    public static Attribution attribute(
            Mailflow mailflow, Peer peer, Optional<EmailAddress> sender, EmailAddress recipient) {
        if (peer.authenticatedUser().isPresent()) {
            return ofUser(mailflow, peer, peer.authenticatedUser().get());
        }
        Optional<DomainName> senderDomain = sender.map(EmailAddress::domain);
        List<Originating> candidates =
                candidates(mailflow, peer, senderDomain, recipient.domain()).toList();
        List<Originating> best = narrow(candidates, candidate -> candidate.evidence() == Evidence.CERTIFICATE);
        best = narrow(best, candidate -> senderDomain
                .filter(domain -> mailflow.owns(candidate.organization(), domain))
                .isPresent());
        best = narrow(best, candidate -> mailflow.owns(candidate.organization(), recipient.domain()));
        best = closest(best, senderDomain);
        if (best.isEmpty()) {
            return new Anonymous(Reason.of("no inbound connector of type onPremises identifies " + peer.clientIp()
                    + " with " + peer.identity()));
        }
        Originating first = best.get(0);
        boolean ambiguous =
                best.stream().anyMatch(candidate -> !candidate.organization().equals(first.organization()));
        return ambiguous
                ? new Anonymous(Reason.of("connectors of several organizations identify " + peer.clientIp() + " with "
                        + peer.identity() + ", and neither sender nor recipient tells which"))
                : first;
    }

    private static Attribution ofUser(Mailflow mailflow, Peer peer, EmailAddress user) {
        return mailflow.accepted(user.domain())
                .<Attribution>map(accepted -> new Originating(
                        accepted.organization(),
                        Optional.empty(),
                        Evidence.AUTHENTICATION,
                        peer.identity(),
                        Reason.of(
                                user + " is authenticated",
                                accepted.acceptedDomain().location())))
                .orElseGet(() -> new Anonymous(
                        Reason.of(user + " is authenticated, but " + user.domain() + " is no accepted domain")));
    }

    private static Stream<Originating> candidates(
            Mailflow mailflow, Peer peer, Optional<DomainName> senderDomain, DomainName recipientDomain) {
        List<Mailflow.Accepted> accepted = Stream.concat(senderDomain.stream(), Stream.of(recipientDomain))
                .flatMap(domain -> mailflow.accepted(domain).stream())
                .toList();
        return mailflow.organizations().stream().flatMap(organization -> organization.inboundConnectors().stream()
                .filter(connector -> connector.enabled()
                        && connector.connectorType() == ConnectorType.ON_PREMISES
                        && connector.isAboutSenderDomain(senderDomain)
                        && connector.isAboutOneOf(domainsOf(organization, accepted))
                        && isOfItsOtherPremises(mailflow, organization, connector, peer))
                .flatMap(connector -> candidate(organization, connector, peer).stream()));
    }

    /** The certificate of a service is that of all of its tenants: the mail of another one is not by this connector. */
    private static boolean isOfItsOtherPremises(
            Mailflow mailflow, Organization organization, InboundConnector connector, Peer peer) {
        return !connector.cloudServicesMailEnabled()
                || peer.originatorOrg()
                        .map(domain -> CrossPremisesTrust.isOf(mailflow, organization, domain.value()))
                        .orElse(true);
    }

    private static List<DomainName> domainsOf(Organization organization, List<Mailflow.Accepted> accepted) {
        return accepted.stream()
                .filter(domain -> domain.organization().name().equals(organization.name()))
                .map(domain -> domain.acceptedDomain().name())
                .toList();
    }

    private static Optional<Originating> candidate(Organization organization, InboundConnector connector, Peer peer) {
        return ConnectorProof.of(connector, peer)
                .map(proof -> originating(
                        organization,
                        connector,
                        proof,
                        proof.evidence() == Evidence.CERTIFICATE
                                ? "certificate " + by(connector, proof.identity())
                                : "address " + peer.clientIp()));
    }

    private static String by(InboundConnector connector, PeerIdentity proven) {
        return proven instanceof PeerIdentity.Pinned pinned
                ? pinned.toString()
                : connector.senderCertificate().toString();
    }

    private static Originating originating(
            Organization organization, InboundConnector connector, ConnectorProof proof, String by) {
        String text =
                "inbound connector '" + connector.name() + "' of " + organization.name() + " identifies it by " + by;
        return new Originating(
                organization,
                Optional.of(connector),
                proof.evidence(),
                proof.identity(),
                Reason.of(text, connector.location()));
    }

    /** Of several connectors the one applies whose sender domains fit most closely; of equal ones the first. */
    private static List<Originating> closest(List<Originating> candidates, Optional<DomainName> senderDomain) {
        return candidates.stream()
                .sorted(Comparator.comparing(candidate -> -candidate
                        .connector()
                        .map(connector -> connector.closeness(senderDomain))
                        .orElse(0)))
                .toList();
    }

    private static List<Originating> narrow(List<Originating> candidates, Predicate<Originating> preferred) {
        List<Originating> narrowed = candidates.stream().filter(preferred).toList();
        return narrowed.isEmpty() ? candidates : narrowed;
    }
}
