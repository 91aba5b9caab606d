package org.mailflow.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.apache.james.protocols.smtp.SMTPSession;
import org.junit.jupiter.api.Test;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.Premises;
import org.mailflow.core.tls.PeerIdentity;
import org.mailflow.testing.tls.CertificateOrder;
import org.mailflow.testing.tls.Credentials;

/** How long a verdict on a certificate is good for. */
class PeerVerdictsTest {

    private static final Mailflow MAILFLOW =
            Organizations.mailflow(Premises.ON_PREMISES, Certificates.AUTHORITY.certificate());

    private final Instant now = Instant.now();
    private final Peers peers = new Peers();

    @Test
    void oneMinuteInWhichWhatIsWrongIsNotLookedForAgain() {
        Credentials soon = order().notBefore(now.plusSeconds(30)).issue();

        assertThat(identity(soon, now)).isInstanceOf(PeerIdentity.Unverified.class);
        assertThat(identity(soon, now.plusSeconds(59))).isInstanceOf(PeerIdentity.Unverified.class);
        assertThat(identity(soon, now.plusSeconds(60))).isInstanceOf(PeerIdentity.Verified.class);
    }

    @Test
    void noLongerThanTheCertificate() {
        Instant end = now.plusSeconds(30);
        Credentials ending = order().notAfter(end).issue();

        assertThat(identity(ending, end.minusSeconds(5))).isInstanceOf(PeerIdentity.Verified.class);
        assertThat(identity(ending, end.plusSeconds(1))).isInstanceOf(PeerIdentity.Unverified.class);
    }

    @Test
    void notForAnotherCertificateWithTheSameName() {
        Credentials forged = Certificates.IMPOSTOR.issue(Organizations.OTHER_PREMISES);

        assertThat(identity(order().issue(), now)).isInstanceOf(PeerIdentity.Verified.class);
        assertThat(identity(forged, now)).isInstanceOf(PeerIdentity.Unverified.class);
    }

    @Test
    void notForTheSameCertificateBehindOthers() {
        Credentials honest = order().issue();
        identity(honest, now);
        List<X509Certificate> borrowed = new ArrayList<>(
                Certificates.IMPOSTOR.issue(Organizations.OTHER_PREMISES).chain());
        borrowed.addAll(honest.chain());

        PeerIdentity thief = peers.read(session(borrowed), MAILFLOW, now).identity();

        assertThat(thief).isInstanceOf(PeerIdentity.Unverified.class);
    }

    @Test
    void notForAnotherStoreOfTrustedCertificates() {
        Credentials peer = order().issue();
        Mailflow other = Organizations.mailflow(2, Premises.ON_PREMISES, Certificates.IMPOSTOR.certificate());
        identity(peer, now);

        PeerIdentity there = peers.read(session(peer.chain()), other, now).identity();

        assertThat(there).isInstanceOf(PeerIdentity.Unverified.class);
    }

    private static CertificateOrder order() {
        return Certificates.AUTHORITY.order(Organizations.OTHER_PREMISES).dnsNames(Organizations.OTHER_PREMISES);
    }

    /** In a connection of its own. */
    private PeerIdentity identity(Credentials peer, Instant at) {
        return peers.read(session(peer.chain()), MAILFLOW, at).identity();
    }

    private static SMTPSession session(List<X509Certificate> chain) {
        SSLSession tls = (SSLSession) Proxy.newProxyInstance(
                PeerVerdictsTest.class.getClassLoader(),
                new Class<?>[] {SSLSession.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getPeerCertificates" -> chain.toArray(new Certificate[0]);
                    case "getProtocol" -> "TLSv1.3";
                    case "getCipherSuite" -> "TLS_AES_256_GCM_SHA384";
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        return (SMTPSession) Proxy.newProxyInstance(
                PeerVerdictsTest.class.getClassLoader(),
                new Class<?>[] {SMTPSession.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "isTLSStarted" -> true;
                    case "getSSLSession" -> Optional.of(tls);
                    case "getRemoteAddress" -> new InetSocketAddress("192.0.2.1", 25);
                    case "getUsername" -> null;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
