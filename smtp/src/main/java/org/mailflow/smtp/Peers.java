package org.mailflow.smtp;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
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
 * a short while, also for the peer's next connections: to check a chain costs more than all else that a transaction needs.
 */
final class Peers {

    /** What was wrong with a certificate may be mended meanwhile. */
    private static final Duration VERDICT_GOOD_FOR = Duration.ofMinutes(1);

    private static final long VERDICTS = 500;

    private final Cache<Presented, Verdict> verdicts =
            Caffeine.newBuilder().maximumSize(VERDICTS).build();

    /**
     * A question that has one answer at a time.
     *
     * @param chain as presented
     * @param trusted what it is judged by
     */
    private record Presented(List<X509Certificate> chain, Set<X509Certificate> trusted) {}

    /**
     * The answer.
     *
     * @param until when it is asked for again, at the latest when a certificate of the chain ends
     */
    private record Verdict(PeerIdentity identity, Instant until) {}

    /**
     * The other end, as it is now.
     *
     * @throws IllegalStateException where TLS was begun and there is no TLS session
     */
    Peer read(SMTPSession session, Mailflow mailflow, Instant now) {
        if (!session.isTLSStarted()) {
            return new Peer(address(session), Optional.empty(), PeerIdentity.none(), user(session));
        }
        SSLSession tls = session.getSSLSession()
                .orElseThrow(() -> new IllegalStateException("TLS was begun, and there is no TLS session"));
        return new Peer(
                address(session),
                Optional.of(new TlsSession(tls.getProtocol(), tls.getCipherSuite())),
                identity(new Presented(chain(tls), mailflow.server().trustedCertificates()), now),
                user(session));
    }

    private PeerIdentity identity(Presented presented, Instant now) {
        Verdict known = verdicts.getIfPresent(presented);
        if (known != null && now.isBefore(known.until())) {
            return known.identity();
        }
        PeerIdentity identity = new PeerJudge(presented.trusted(), PeerJudge.Role.CLIENT).judge(presented.chain(), now);
        verdicts.put(presented, new Verdict(identity, until(presented.chain(), now)));
        return identity;
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
