package org.mailflow.delivery;

import java.util.Optional;
import org.mailflow.core.tls.PeerIdentity;
import org.mailflow.core.tls.TlsSession;

/**
 * Whom a session spoke with.
 *
 * @param hop the host
 * @param tls the TLS session; empty in clear text
 * @param identity what the host's certificate proved
 */
record PeerFacts(Hop hop, Optional<TlsSession> tls, PeerIdentity identity) {

    static PeerFacts inClearText(Hop hop) {
        return new PeerFacts(hop, Optional.empty(), PeerIdentity.none());
    }
}
