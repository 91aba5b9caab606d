package org.mailflow.core.decision;

import java.util.Optional;
import org.mailflow.core.decision.Attribution.Evidence;
import org.mailflow.core.model.InboundConnector;
import org.mailflow.core.tls.PeerIdentity;

/**
 * What proves that a peer is the one that an inbound connector is about. A connector that names both a certificate and
 * addresses wants both, and one that requires TLS wants it beside them.
 *
 * @param evidence what counts
 * @param identity the peer as it is proven to the connector
 */
record ConnectorProof(Evidence evidence, PeerIdentity identity) {

    /** The proof; empty where there is none. */
    static Optional<ConnectorProof> of(InboundConnector connector, Peer peer) {
        boolean byAddress = !connector.senderIPAddresses().isEmpty();
        if (byAddress && !connector.senderIPAddresses().contains(peer.clientIp())) {
            return Optional.empty();
        }
        if (connector.requireTls() && peer.tls().isEmpty()) {
            return Optional.empty();
        }
        if (!connector.senderCertificate().isEmpty()) {
            return connector
                    .senderCertificate()
                    .provenBy(peer.identity())
                    .map(proven -> new ConnectorProof(Evidence.CERTIFICATE, proven));
        }
        return byAddress ? Optional.of(new ConnectorProof(Evidence.ADDRESS, peer.identity())) : Optional.empty();
    }
}
