package org.mailflow.smtp;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.apache.james.core.Username;
import org.apache.james.protocols.smtp.SMTPSession;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.decision.Peer;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.tls.PeerIdentity;
import org.mailflow.core.tls.PeerJudge;
import org.mailflow.core.tls.TlsSession;

/** Reads from a session what the connection proves. Nothing of it is kept: it is read anew for every transaction. */
final class Peers {

    private Peers() {}

    /**
     * The other end, as it is now.
     *
     * @throws IllegalStateException where TLS was begun and there is no TLS session
     */
    static Peer read(SMTPSession session, Mailflow mailflow, Instant now) {
        if (!session.isTLSStarted()) {
            return new Peer(address(session), Optional.empty(), PeerIdentity.none(), user(session));
        }
        SSLSession tls = session.getSSLSession()
                .orElseThrow(() -> new IllegalStateException("TLS was begun, and there is no TLS session"));
        PeerJudge judge = new PeerJudge(mailflow.server().trustedCertificates(), PeerJudge.Role.CLIENT);
        return new Peer(
                address(session),
                Optional.of(new TlsSession(tls.getProtocol(), tls.getCipherSuite())),
                judge.judge(chain(tls), now),
                user(session));
    }

    /** The address that the client connects from. */
    static IpAddress address(SMTPSession session) {
        return IpAddress.of(session.getRemoteAddress().getAddress());
    }

    private static List<X509Certificate> chain(SSLSession tls) {
        try {
            return Arrays.stream(tls.getPeerCertificates())
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (SSLPeerUnverifiedException none) {
            return List.of();
        }
    }

    /** A user whose name is no address belongs to no organization, and has no rights. */
    private static Optional<EmailAddress> user(SMTPSession session) {
        return Optional.ofNullable(session.getUsername())
                .map(Username::asString)
                .flatMap(Peers::address);
    }

    private static Optional<EmailAddress> address(String name) {
        try {
            return Optional.of(EmailAddress.parse(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
