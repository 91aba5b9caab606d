package org.mailflow.core.decision;

import java.util.List;
import java.util.Optional;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.address.DomainPattern;
import org.mailflow.core.model.ConnectorType;
import org.mailflow.core.model.InboundConnector;
import org.mailflow.core.model.Mailflow.Accepted;

/**
 * What the recipient's organization demands of a sender's domain by its partner connectors. The connectors whose sender
 * domains fit most closely count; where several fit equally, meeting one of them is enough. A restriction beats any
 * connector that allows the same domain (decision D9).
 */
public final class PartnerRestrictions {

    /**
     * An unmet demand.
     *
     * @param reply the answer
     * @param reason which connector demands what
     */
    public record Unmet(Reply reply, Reason reason) {}

    private PartnerRestrictions() {}

    /** The first demand that is not met; empty where all are, or nothing is demanded. */
    public static Optional<Unmet> unmet(Accepted accepted, Peer peer, Optional<DomainName> senderDomain) {
        List<InboundConnector> closest = closest(accepted, senderDomain);
        List<Optional<Unmet>> judged =
                closest.stream().map(connector -> judge(connector, peer)).toList();
        return judged.stream().anyMatch(Optional::isEmpty)
                ? Optional.empty()
                : judged.stream().flatMap(Optional::stream).findFirst();
    }

    private static List<InboundConnector> closest(Accepted accepted, Optional<DomainName> senderDomain) {
        List<InboundConnector> about = accepted.organization().inboundConnectors().stream()
                .filter(connector -> connector.enabled()
                        && connector.connectorType() == ConnectorType.PARTNER
                        && demands(connector)
                        && connector.isAboutSenderDomain(senderDomain)
                        && connector.isAboutAcceptedDomain(
                                accepted.acceptedDomain().name()))
                .toList();
        int best = about.stream()
                .mapToInt(connector -> closeness(connector, senderDomain))
                .max()
                .orElse(0);
        return about.stream()
                .filter(connector -> closeness(connector, senderDomain) == best)
                .toList();
    }

    private static boolean demands(InboundConnector connector) {
        return connector.requireTls()
                || connector.restrictDomainsToCertificate()
                || connector.restrictDomainsToIPAddresses();
    }

    private static int closeness(InboundConnector connector, Optional<DomainName> senderDomain) {
        return connector.senderDomains().stream()
                .filter(pattern -> senderDomain.map(pattern::matches).orElse(true))
                .mapToInt(PartnerRestrictions::closeness)
                .max()
                .orElse(0);
    }

    private static int closeness(DomainPattern pattern) {
        if (pattern instanceof DomainPattern.WithSubDomains wildcard) {
            return wildcard.root().value().length();
        }
        return pattern instanceof DomainPattern.Any ? 0 : Integer.MAX_VALUE;
    }

    private static Optional<Unmet> judge(InboundConnector connector, Peer peer) {
        if (connector.requireTls() && peer.tls().isEmpty()) {
            return unmet(Reply.STARTTLS_REQUIRED, connector, "requires TLS");
        }
        if (connector.restrictDomainsToIPAddresses()
                && !connector.senderIPAddresses().contains(peer.clientIp())) {
            return unmet(
                    Reply.PARTNER_RESTRICTION,
                    connector,
                    "restricts its sender domains to addresses that " + peer.clientIp() + " is not among");
        }
        if (connector.restrictDomainsToCertificate()
                && connector
                        .tlsSenderCertificateName()
                        .filter(name -> peer.identity().proves(name))
                        .isEmpty()) {
            return unmet(
                    Reply.PARTNER_RESTRICTION,
                    connector,
                    "restricts its sender domains to certificate "
                            + connector
                                    .tlsSenderCertificateName()
                                    .map(Object::toString)
                                    .orElse("(none)") + "; presented: " + peer.identity());
        }
        return Optional.empty();
    }

    private static Optional<Unmet> unmet(Reply reply, InboundConnector connector, String what) {
        return Optional.of(new Unmet(
                reply, Reason.of("partner connector '" + connector.name() + "' " + what, connector.location())));
    }
}
