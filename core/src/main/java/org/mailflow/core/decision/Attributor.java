package org.mailflow.core.decision;

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

/**
 * Attributes a transaction to an organization by evidence: SMTP AUTH, a verified certificate name, or the connecting
 * address, in this order. Where several connectors have evidence, certificate goes before address, then the
 * organization that owns the MAIL FROM domain, then the one that owns the recipient's. Two organizations that are
 * equal in all of this get nothing: a guess would let one send as the other.
 */
public final class Attributor {

    private Attributor() {}

    /** Attributes mail from a sender (empty for the null sender) to a recipient. */
    public static Attribution attribute(
            Mailflow mailflow, Peer peer, Optional<EmailAddress> sender, EmailAddress recipient) {
        if (peer.authenticatedUser().isPresent()) {
            return ofUser(mailflow, peer.authenticatedUser().get());
        }
        Optional<DomainName> senderDomain = sender.map(EmailAddress::domain);
        List<Originating> candidates = candidates(mailflow, peer, senderDomain).toList();
        List<Originating> best = narrow(candidates, candidate -> candidate.evidence() == Evidence.CERTIFICATE);
        best = narrow(best, candidate -> senderDomain
                .filter(domain -> mailflow.owns(candidate.organization(), domain))
                .isPresent());
        best = narrow(best, candidate -> mailflow.owns(candidate.organization(), recipient.domain()));
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

    private static Attribution ofUser(Mailflow mailflow, EmailAddress user) {
        return mailflow.accepted(user.domain())
                .<Attribution>map(accepted -> new Originating(
                        accepted.organization(),
                        Optional.empty(),
                        Evidence.AUTHENTICATION,
                        Reason.of(
                                user + " is authenticated",
                                accepted.acceptedDomain().location())))
                .orElseGet(() -> new Anonymous(
                        Reason.of(user + " is authenticated, but " + user.domain() + " is no accepted domain")));
    }

    private static Stream<Originating> candidates(Mailflow mailflow, Peer peer, Optional<DomainName> senderDomain) {
        return mailflow.organizations().stream().flatMap(organization -> organization.inboundConnectors().stream()
                .filter(connector -> connector.enabled()
                        && connector.connectorType() == ConnectorType.ON_PREMISES
                        && connector.isAboutSenderDomain(senderDomain))
                .flatMap(connector -> candidate(organization, connector, peer).stream()));
    }

    /** A connector that names both a certificate and addresses wants both. */
    private static Optional<Originating> candidate(Organization organization, InboundConnector connector, Peer peer) {
        boolean byAddress = !connector.senderIPAddresses().isEmpty();
        if (byAddress && !connector.senderIPAddresses().contains(peer.clientIp())) {
            return Optional.empty();
        }
        if (connector.requireTls() && peer.tls().isEmpty()) {
            return Optional.empty();
        }
        if (connector.tlsSenderCertificateName().isPresent()) {
            return connector
                    .tlsSenderCertificateName()
                    .filter(name -> peer.identity().proves(name))
                    .map(name -> originating(organization, connector, Evidence.CERTIFICATE, "certificate " + name));
        }
        return byAddress
                ? Optional.of(originating(organization, connector, Evidence.ADDRESS, "address " + peer.clientIp()))
                : Optional.empty();
    }

    private static Originating originating(
            Organization organization, InboundConnector connector, Evidence evidence, String by) {
        String text =
                "inbound connector '" + connector.name() + "' of " + organization.name() + " identifies it by " + by;
        return new Originating(organization, Optional.of(connector), evidence, Reason.of(text, connector.location()));
    }

    private static List<Originating> narrow(List<Originating> candidates, Predicate<Originating> preferred) {
        List<Originating> narrowed = candidates.stream().filter(preferred).toList();
        return narrowed.isEmpty() ? candidates : narrowed;
    }
}
