package org.mailflow.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.testing.dns.LoopbackDns;
import org.mailflow.testing.peers.RequiresPeer;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.smtp.SmtpReply;
import org.mailflow.testing.smtp.SmtpSink;
import org.mailflow.testing.tls.CertificateAuthority;
import org.mailflow.testing.tls.PemFiles;
import org.mailflow.testing.tls.TlsContexts;

/** Certificates are renewed while mail flows: no handshake fails, whatever moment the files are looked at in. */
class RenewedCertificatesTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String HOST = Side.ON_PREMISES.host();

    private final CertificateAuthority authority = CertificateAuthority.create("Test authority");
    private final Path certificates;
    private final Path directory;

    RenewedCertificatesTest(@TempDir Path directory) {
        this.directory = directory;
        this.certificates = directory.resolve("certs");
    }

    @Test
    @RequiresPeer("openssl")
    void shouldBeShownToClientsAndToNextHopsWhenRenewedUnderLoad() throws Exception {
        try (LoopbackDns dns = LoopbackDns.start();
                SmtpSink cloud = SmtpSink.builder()
                        .tls(authority.issue(Side.CLOUD.host()))
                        .askForClientCertificate()
                        .start();
                TestServer server = start(dns, cloud);
                Handshakes load = new Handshakes(server, authority)) {
            BigInteger old = serial(certificates);
            assertThat(serialAtNextHop(server, cloud)).isEqualTo(old);
            await().atMost(PATIENCE).until(() -> load.serials().contains(old));

            BigInteger renewed = renewInTwoSteps(load, server);

            await().atMost(PATIENCE).until(() -> load.serials().contains(renewed));
            await().atMost(PATIENCE).until(() -> serialAtNextHop(server, cloud).equals(renewed));
            assertThat(serialByOpenssl(server.port())).isEqualToIgnoringCase(renewed.toString(16));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(status(server).out()).doesNotContain("cannot be renewed"));
            assertThat(load.failures()).isEmpty();
            assertThat(server.events(event ->
                            event.reply().filter(reply -> reply.startsWith("4")).isPresent()))
                    .as("no mail had to wait")
                    .isEmpty();
        }
    }

    /** First the key, then half of the certificate, then the whole: between the steps the files do not fit each other. */
    private BigInteger renewInTwoSteps(Handshakes load, TestServer server) throws IOException {
        PemFiles pem = authority.issue(HOST).writePem(directory, "renewed");
        byte[] chain = Files.readAllBytes(pem.certificates());
        Files.copy(pem.key(), certificates.resolve("mail.key"), StandardCopyOption.REPLACE_EXISTING);
        load.awaitMore();
        assertTellsOfTrouble(server);
        Files.write(certificates.resolve("mail.pem"), Arrays.copyOf(chain, chain.length / 2));
        load.awaitMore();
        assertTellsOfTrouble(server);
        Files.write(certificates.resolve("mail.pem"), chain);
        return serial(certificates);
    }

    /** The old certificate goes on, of connectors and of listeners, and everything else of the report is there. */
    private static void assertTellsOfTrouble(TestServer server) throws IOException {
        CommandRun status = status(server);
        assertThat(status.exitCode()).as(status.out()).isEqualTo(1);
        assertThat(status.out())
                .contains("certificate mail.contoso.com cannot be renewed, the old one goes on: ")
                .containsPattern("certificate of listeners: .*mail.pem cannot be renewed, the old one goes on: ")
                .contains("QUEUE", "port " + server.port());
    }

    private static CommandRun status(TestServer server) throws IOException {
        return server.webAdmin().command("status", "--certificate-days", "0,0", "--disk-free", "0,0");
    }

    private TestServer start(LoopbackDns dns, SmtpSink cloud) throws Exception {
        Path configuration = ConfigurationCopy.of(Side.ON_PREMISES.configuration(), directory.resolve("conf"));
        Path file = configuration.resolve("mailflow.xml");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace(
                                "</trustedCertificates>",
                                "</trustedCertificates><certificateCheckInterval>1s</certificateCheckInterval>"));
        Environment environment = Environment.of(Side.ON_PREMISES, certificates, authority, dns)
                .with("MAILFLOW_CLOUD_HOST", "[127.0.0.1]")
                .with("MAILFLOW_CLOUD_PORT", Integer.toString(cloud.port()))
                .with("MAILFLOW_CLOUD_CERTIFICATE", Side.CLOUD.host());
        return TestServer.start(configuration, directory.resolve("data"), environment);
    }

    /** Sends a mail to the cloud, and returns the number of the certificate that it came with. */
    private static BigInteger serialAtNextHop(TestServer server, SmtpSink cloud) throws IOException {
        TestMail mail = TestMail.of("erin@cpandl.com", "david@contoso.com");
        try (SmtpDialogue smtp = server.connect("127.0.0.1")) {
            assertThat(mail.sendIn(smtp).code()).isEqualTo(250);
        }
        await().atMost(PATIENCE).until(() -> mail.at(cloud).findAny().isPresent());
        return mail.at(cloud)
                .findAny()
                .flatMap(received -> received.peer().tls())
                .map(tls -> tls.chain().get(0).getSerialNumber())
                .orElseThrow();
    }

    private static String serialByOpenssl(int port) throws IOException, InterruptedException {
        String shown = Program.run(List.of(
                        "sh",
                        "-c",
                        "openssl s_client -starttls smtp -connect 127.0.0.1:" + port
                                + " </dev/null 2>/dev/null | openssl x509 -noout -serial"))
                .output();
        return shown.strip().replaceFirst("serial=0*", "");
    }

    private static BigInteger serial(Path certificates) throws IOException {
        try {
            return org.mailflow.core.tls.PemFiles.certificates(certificates.resolve("mail.pem"))
                    .get(0)
                    .getSerialNumber();
        } catch (java.security.GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** Clients that begin TLS again and again, and believe only the authority. */
    private static final class Handshakes implements AutoCloseable {
        private static final int CLIENTS = 2;
        private static final int ROUND = 10;

        private final TestServer server;
        private final CertificateAuthority authority;
        private final List<BigInteger> serials = new CopyOnWriteArrayList<>();
        private final List<Throwable> failures = new CopyOnWriteArrayList<>();
        private final AtomicInteger count = new AtomicInteger();
        private final AtomicBoolean ended = new AtomicBoolean();
        private final List<Thread> clients = new ArrayList<>();

        Handshakes(TestServer server, CertificateAuthority authority) {
            this.server = server;
            this.authority = authority;
            for (int i = 0; i < CLIENTS; i++) {
                Thread client = new Thread(this::shake, "handshakes");
                client.start();
                clients.add(client);
            }
        }

        private void shake() {
            while (!ended.get()) {
                try (SmtpDialogue smtp = server.connect("127.0.0.1")) {
                    smtp.startTls(TlsContexts.client(authority));
                    SSLSession session = smtp.session().orElseThrow();
                    serials.add(((X509Certificate) session.getPeerCertificates()[0]).getSerialNumber());
                    SmtpReply bye = smtp.send("QUIT").read();
                    assertThat(bye.code()).isEqualTo(221);
                    count.incrementAndGet();
                } catch (IOException | RuntimeException | AssertionError e) {
                    failures.add(e);
                }
            }
        }

        /** Waits until some handshakes more were made, and the files were looked at. */
        void awaitMore() {
            int enough = count.get() + ROUND;
            await().atMost(PATIENCE).pollDelay(Duration.ofSeconds(3)).until(() -> count.get() >= enough);
        }

        List<BigInteger> serials() {
            return serials;
        }

        List<Throwable> failures() {
            return failures;
        }

        @Override
        public void close() {
            ended.set(true);
            clients.forEach(Handshakes::join);
        }

        private static void join(Thread client) {
            try {
                client.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
