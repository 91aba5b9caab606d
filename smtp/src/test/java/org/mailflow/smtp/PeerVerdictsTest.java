package org.mailflow.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSession;
import org.apache.james.protocols.smtp.SMTPSession;
import org.junit.jupiter.api.Test;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.Premises;
import org.mailflow.core.tls.PeerIdentity;
import org.mailflow.testing.tls.Credentials;

/** How long a verdict on a certificate is good for. */
class PeerVerdictsTest {

    private static final Mailflow MAILFLOW =
            Organizations.mailflow(Premises.ON_PREMISES, Certificates.AUTHORITY.certificate());

    private final Credentials peer = Certificates.AUTHORITY.issue(Organizations.OTHER_PREMISES);
    private final X509Certificate certificate = peer.chain().get(0);
    private final AtomicInteger judged = new AtomicInteger();
    private final AtomicReference<SSLSession> tls = new AtomicReference<>(tlsSession(certificate));
    private final SMTPSession session = session();

    @Test
    void oneMinuteForTheTransactionsOfOneTlsSession() {
        Instant now = Instant.now();

        PeerIdentity first = identity(now);
        PeerIdentity second = identity(now.plusSeconds(59));
        int judgedWithin = judged.get();
        PeerIdentity third = identity(now.plusSeconds(60));

        assertThat(judgedWithin).isEqualTo(1);
        assertThat(judged.get()).isEqualTo(2);
        assertThat(first)
                .isInstanceOf(PeerIdentity.Verified.class)
                .isEqualTo(second)
                .isEqualTo(third);
    }

    @Test
    void noLongerThanTheCertificate() {
        Instant end = certificate.getNotAfter().toInstant();

        PeerIdentity before = identity(end.minus(Duration.ofSeconds(5)));
        PeerIdentity after = identity(end.plusMillis(1));

        assertThat(before).isInstanceOf(PeerIdentity.Verified.class);
        assertThat(after).isInstanceOf(PeerIdentity.Unverified.class);
    }

    @Test
    void notForAnotherTlsSession() {
        Instant now = Instant.now();

        PeerIdentity first = identity(now);
        tls.set(tlsSession(Certificates.IMPOSTOR
                .issue(Organizations.OTHER_PREMISES)
                .chain()
                .get(0)));
        PeerIdentity second = identity(now);

        assertThat(first).isInstanceOf(PeerIdentity.Verified.class);
        assertThat(second).isInstanceOf(PeerIdentity.Unverified.class);
    }

    @Test
    void notForAnotherStoreOfTrustedCertificates() {
        Instant now = Instant.now();
        identity(now);

        PeerIdentity other = Peers.read(
                        session,
                        Organizations.mailflow(2, Premises.ON_PREMISES, Certificates.IMPOSTOR.certificate()),
                        now)
                .identity();

        assertThat(other).isInstanceOf(PeerIdentity.Unverified.class);
    }

    private PeerIdentity identity(Instant now) {
        return Peers.read(session, MAILFLOW, now).identity();
    }

    private SSLSession tlsSession(X509Certificate presented) {
        return (SSLSession) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {SSLSession.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getPeerCertificates" -> {
                        judged.incrementAndGet();
                        yield new Certificate[] {presented};
                    }
                    case "getProtocol" -> "TLSv1.3";
                    case "getCipherSuite" -> "TLS_AES_256_GCM_SHA384";
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private SMTPSession session() {
        Map<Object, Object> attachments = new HashMap<>();
        return (SMTPSession) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {SMTPSession.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "isTLSStarted" -> true;
                    case "getSSLSession" -> Optional.ofNullable(tls.get());
                    case "getRemoteAddress" -> new InetSocketAddress("192.0.2.1", 25);
                    case "getUsername" -> null;
                    case "getAttachment" -> Optional.ofNullable(attachments.get(arguments[0]));
                    case "setAttachment" -> Optional.ofNullable(attachments.put(arguments[0], arguments[1]));
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
