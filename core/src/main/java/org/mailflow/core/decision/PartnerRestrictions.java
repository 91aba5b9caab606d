package org.mailflow.core.decision;

import java.util.List;
import java.util.Optional;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.model.ConnectorType;
import org.mailflow.core.model.InboundConnector;
import org.mailflow.core.model.Mailflow.Accepted;
import org.mailflow.core.tls.PeerIdentity;

/**
 * What the recipient's organization demands of a sender's domain by its partner connectors. The connectors whose sender
 * domains fit most closely count; where several fit equally, meeting one of them is enough. A restriction beats any
 * connector that allows the same domain (decision D9).
 */
public final class PartnerRestrictions {

    /** What came of the demands. */
    public sealed interface Verdict {}

    /** Nothing is demanded of this sender. */
    public record NothingDemanded() implements Verdict {}

    /**
     * A connector's demands are met.
     *
     * @param identity the peer as it is proven to the connector
     * @param reason which connector demands what
     */
    public record Met(PeerIdentity identity, Reason reason) implements Verdict {}

    /**
     * An unmet demand.
     *
     * @param reply the answer
     * @param reason which connector demands what
     */
    public record Unmet(Reply reply, Reason reason) implements Verdict {}

    private PartnerRestrictions() {}

    /** Whether one of the closest connectors has its demands met; the first demand that is not, where none has. */
    public static Verdict judge(Accepted accepted, Peer peer, Optional<DomainName> senderDomain) {
        List<Verdict> judged = closest(accepted, senderDomain).stream()
                .map(connector -> judge(connector, peer))
                .toList();
        return judged.stream()
                .filter(Met.class::isInstance)
                .findFirst()
                .or(() -> judged.stream().findFirst())
                .orElseGet(NothingDemanded::new);
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
                .mapToInt(connector -> connector.closeness(senderDomain))
                .max()
                .orElse(0);
        return about.stream()
                .filter(connector -> connector.closeness(senderDomain) == best)
                .toList();
    }

    private static boolean demands(InboundConnector connector) {
        return connector.requireTls()
                || connector.restrictDomainsToCertificate()
                || connector.restrictDomainsToIPAddresses();
    }

    private static Verdict judge(InboundConnector connector, Peer peer) {
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
        if (!connector.restrictDomainsToCertificate()) {
            String by = connector.restrictDomainsToIPAddresses() ? "address " + peer.clientIp() : "TLS";
            return met(connector, peer.identity(), by);
        }
        return connector
                .senderCertificate()
                .provenBy(peer.identity())
                .map(proven -> met(connector, proven, "certificate " + proven))
                .orElseGet(() -> unmet(
                        Reply.PARTNER_RESTRICTION,
                        connector,
                        "restricts its sender domains to certificate " + connector.senderCertificate() + "; presented: "
                                + peer.identity()));
    }

    private static Verdict met(InboundConnector connector, PeerIdentity proven, String by) {
        return new Met(proven, reason(connector, "is met by " + by));
    }

    private static Verdict unmet(Reply reply, InboundConnector connector, String what) {
        return new Unmet(reply, reason(connector, what));
    }

    private static Reason reason(InboundConnector connector, String what) {
        return Reason.of("partner connector '" + connector.name() + "' " + what, connector.location());
    }
}
