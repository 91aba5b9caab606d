package org.mailflow.core.decision;

import java.util.Optional;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.tls.PeerIdentity;
import org.mailflow.core.tls.TlsSession;

/**
 * The other end of an SMTP session: what the connection proves, and nothing that the peer merely says.
 *
 * @param clientIp its address
 * @param tls the TLS session; empty in clear text
 * @param identity what its certificate proves
 * @param authenticatedUser the user of SMTP AUTH; empty without
 */
public record Peer(
        IpAddress clientIp, Optional<TlsSession> tls, PeerIdentity identity, Optional<EmailAddress> authenticatedUser) {

    /** A certificate counts only where there is TLS. */
    public Peer {
        if (tls.isEmpty() && !(identity instanceof PeerIdentity.None)) {
            throw new IllegalArgumentException("a peer without TLS has no certificate");
        }
    }

    /** A peer in clear text. */
    public static Peer inClearText(IpAddress clientIp) {
        return new Peer(clientIp, Optional.empty(), PeerIdentity.none(), Optional.empty());
    }
}
