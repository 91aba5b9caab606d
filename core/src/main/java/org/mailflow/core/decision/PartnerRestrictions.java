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

    /**
     * Judges a peer. Of the connectors that restrict the sender's domain one of the closest must be met, whatever others allow; and
     * so must one of the closest that demand anything, if it is only TLS.
     */
    public static Verdict judge(Accepted accepted, Peer peer, Optional<DomainName> senderDomain) {
        List<InboundConnector> about = about(accepted, senderDomain);
        Verdict restriction =
                judge(about.stream().filter(PartnerRestrictions::restricts).toList(), peer, senderDomain);
        if (restriction instanceof Unmet) {
            return restriction;
        }
        Verdict demand = judge(about, peer, senderDomain);
        return restriction instanceof Met && demand instanceof Met ? restriction : demand;
    }

    /** The closest count; of these, one that is met is enough. */
    private static Verdict judge(List<InboundConnector> about, Peer peer, Optional<DomainName> senderDomain) {
        int best = about.stream()
                .mapToInt(connector -> connector.closeness(senderDomain))
                .max()
                .orElse(0);
        List<Verdict> judged = about.stream()
                .filter(connector -> connector.closeness(senderDomain) == best)
                .map(connector -> judge(connector, peer))
                .toList();
        return judged.stream()
                .filter(Met.class::isInstance)
                .findFirst()
                .or(() -> judged.stream().findFirst())
                .orElseGet(NothingDemanded::new);
    }

    private static List<InboundConnector> about(Accepted accepted, Optional<DomainName> senderDomain) {
        return accepted.organization().inboundConnectors().stream()
                .filter(connector -> connector.enabled()
                        && connector.connectorType() == ConnectorType.PARTNER
                        && demands(connector)
                        && connector.isAboutSenderDomain(senderDomain)
                        && connector.isAboutAcceptedDomain(
                                accepted.acceptedDomain().name()))
                .toList();
    }

    private static boolean restricts(InboundConnector connector) {
        return connector.restrictDomainsToCertificate() || connector.restrictDomainsToIPAddresses();
    }

    private static boolean demands(InboundConnector connector) {
        return connector.requireTls() || restricts(connector);
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
