package org.mailflow.smtp;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.apache.james.core.Username;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.smtp.SMTPSession;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.decision.Peer;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.tls.PeerIdentity;
import org.mailflow.core.tls.PeerJudge;
import org.mailflow.core.tls.TlsSession;

/**
 * Reads from a session what the connection proves, anew for every transaction. Only the verdict on a certificate is kept for
 * a short while, since to check a chain costs more than all else that a transaction needs.
 */
final class Peers {

    private static final AttachmentKey<Judged> JUDGED = AttachmentKey.of("mailflow.peer", Judged.class);
    /** What was wrong with a certificate may be mended meanwhile. */
    private static final Duration VERDICT_GOOD_FOR = Duration.ofMinutes(1);

    /**
     * The verdict on a certificate.
     *
     * @param tls the session that it was presented in
     * @param trusted what it was judged by
     * @param until when it is judged again, at the latest when a certificate of its chain ends
     */
    private record Judged(SSLSession tls, Set<X509Certificate> trusted, PeerIdentity identity, Instant until) {

        @SuppressWarnings("ReferenceEquality") // The same session and the same store, not ones that look like them.
        private boolean isOf(SSLSession session, Set<X509Certificate> store, Instant now) {
            return tls == session && trusted == store && now.isBefore(until);
        }
    }

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
        return new Peer(
                address(session),
                Optional.of(new TlsSession(tls.getProtocol(), tls.getCipherSuite())),
                identity(session, tls, mailflow.server().trustedCertificates(), now),
                user(session));
    }

    private static PeerIdentity identity(
            SMTPSession session, SSLSession tls, Set<X509Certificate> trusted, Instant now) {
        return session.getAttachment(JUDGED, State.Connection)
                .filter(judged -> judged.isOf(tls, trusted, now))
                .map(Judged::identity)
                .orElseGet(() -> {
                    List<X509Certificate> chain = chain(tls);
                    PeerIdentity identity = new PeerJudge(trusted, PeerJudge.Role.CLIENT).judge(chain, now);
                    session.setAttachment(
                            JUDGED, new Judged(tls, trusted, identity, until(chain, now)), State.Connection);
                    return identity;
                });
    }

    private static Instant until(List<X509Certificate> chain, Instant now) {
        return Stream.concat(
                        Stream.of(now.plus(VERDICT_GOOD_FOR)),
                        chain.stream()
                                .map(certificate -> certificate.getNotAfter().toInstant()))
                .min(Comparator.naturalOrder())
                .orElseThrow();
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
