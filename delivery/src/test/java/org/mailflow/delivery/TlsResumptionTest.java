package org.mailflow.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.model.TlsSettings;
import org.mailflow.core.tls.CertificateName;
import org.mailflow.core.tls.PeerIdentity;
import org.mailflow.testing.tls.CertificateAuthority;
import org.mailflow.testing.tls.TlsContexts;

/** A TLS session is taken up again by the connector that made it, and is judged as if it were new. */
class TlsResumptionTest {

    private static final CertificateAuthority CA = CertificateAuthority.create("Trusted");

    private final ExecutorService server = Executors.newSingleThreadExecutor();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private SSLServerSocket listener;

    TlsResumptionTest() throws Exception {
        listener = (SSLServerSocket) TlsContexts.server(CA.issue("mail.fabrikam.com"))
                .getServerSocketFactory()
                .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    /** From here on: a listener that waits for a client takes no other versions any more. */
    private void serve(String version) {
        listener.setEnabledProtocols(new String[] {version});
        server.execute(() -> {
            while (!listener.isClosed()) {
                try (Socket client = listener.accept()) {
                    client.getOutputStream().write('.');
                    client.getOutputStream().flush();
                    assertThat(client.getInputStream().read()).isEqualTo(-1);
                } catch (IOException e) {
                    // The next one, or none any more.
                }
            }
        });
    }

    @AfterEach
    void stop() throws IOException {
        listener.close();
        server.shutdownNow();
        timer.shutdownNow();
    }

    private static OutboundTls demands(String domain) throws Exception {
        return new OutboundTls(
                Optional.of(TlsSettings.DOMAIN_VALIDATION),
                Optional.of(CertificateName.parse(domain)),
                Optional.empty(),
                Set.of(CA.certificate()));
    }

    private SSLSession session(OutboundTls demands) throws Exception {
        Hop hop = new Hop(Optional.of("mail.fabrikam.com"), IpAddress.parse("127.0.0.1"), listener.getLocalPort());
        try (SmtpConnection connection = new SmtpConnection(
                        new Socket(InetAddress.getLoopbackAddress(), hop.port()), Timeouts.DEFAULT, timer);
                SSLSocket socket = demands.wrap(connection, hop)) {
            socket.startHandshake();
            assertThat(socket.getInputStream().read()).isEqualTo('.');
            return socket.getSession();
        }
    }

    private static PeerIdentity judged(OutboundTls demands, SSLSession session) {
        return demands.facts(new Hop(Optional.empty(), IpAddress.parse("127.0.0.1"), 25), session)
                .identity();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void theNextSessionOfAConnectorIsTakenUpAgainAndJudgedAnew(String version) throws Exception {
        serve(version);
        OutboundTls demands = demands("mail.fabrikam.com");
        OutboundTls elsewhere = demands("mail.wingtiptoys.com");

        SSLSession first = session(demands);
        SSLSession second = session(demands);
        SSLSession others = session(elsewhere);

        assertThat(first.getProtocol()).isEqualTo(version);
        assertThat(second.getCreationTime()).isEqualTo(first.getCreationTime());
        assertThat(demands.unmet(judged(demands, second), second)).isEmpty();
        assertThat(others.getCreationTime()).isGreaterThan(first.getCreationTime());
        assertThat(elsewhere.unmet(judged(elsewhere, others), others)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aSessionThatIsTakenUpAgainForAnotherDomainProvesNothingForIt(String version) throws Exception {
        serve(version);
        OutboundTls general = new OutboundTls(
                Optional.of(TlsSettings.DOMAIN_VALIDATION),
                Optional.empty(),
                Optional.empty(),
                Set.of(CA.certificate()));
        OutboundTls fabrikam = general.forDomain("mail.fabrikam.com");
        OutboundTls wingtip = general.forDomain("mail.wingtiptoys.com");

        SSLSession first = session(fabrikam);
        SSLSession second = session(wingtip);

        assertThat(fabrikam.unmet(judged(fabrikam, first), first)).isEmpty();
        assertThat(wingtip.unmet(judged(wingtip, second), second)).isPresent();
    }
}
