package org.mailflow.core.decision;

import java.util.Optional;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.tls.PeerIdentity;
import org.mailflow.core.tls.TlsSession;

/**
 * The other end of an SMTP session: what the connection proves, and nothing that the peer merely says, but for whose mail the
 * other premises of a hybrid deployment says it brings.
 *
 * @param clientIp its address
 * @param tls the TLS session; empty in clear text
 * @param identity what its certificate proves
 * @param authenticatedUser the user of SMTP AUTH; empty without
 * @param originatorOrg the organization of the mail that a peer names by the parameter XOORG, which is taken of none but the other
 *     premises, proven by its certificate; empty where it does not
 */
public record Peer(
        IpAddress clientIp,
        Optional<TlsSession> tls,
        PeerIdentity identity,
        Optional<EmailAddress> authenticatedUser,
        Optional<DomainName> originatorOrg) {

    /** A peer that names no organization. */
    public Peer(
            IpAddress clientIp,
            Optional<TlsSession> tls,
            PeerIdentity identity,
            Optional<EmailAddress> authenticatedUser) {
        this(clientIp, tls, identity, authenticatedUser, Optional.empty());
    }

    /** A certificate counts only where there is TLS. */
    public Peer {
        if (tls.isEmpty() && !(identity instanceof PeerIdentity.None)) {
            throw new IllegalArgumentException("a peer without TLS has no certificate");
        }
    }

    /** The same peer, naming the organization of its mail. */
    public Peer of(Optional<DomainName> organization) {
        return new Peer(clientIp, tls, identity, authenticatedUser, organization);
    }

    /** A peer in clear text. */
    public static Peer inClearText(IpAddress clientIp) {
        return new Peer(clientIp, Optional.empty(), PeerIdentity.none(), Optional.empty());
    }
}
