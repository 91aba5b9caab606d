package org.mailflow.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.testing.dns.LoopbackDns;
import org.mailflow.testing.smtp.ReceivedMail;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.smtp.SmtpSink;
import org.mailflow.testing.smtp.SmtpStage;
import org.mailflow.testing.tls.CertificateAuthority;

/** A server is told by signals to read its configuration anew, and to end. */
class SignalsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** What a stop may take, and what a machine with other work may add. */
    private static final Duration STOP = Duration.ofSeconds(32);

    private static final int CLIENTS = 4;
    private static final int MAILS_BEFORE_THE_STOP = 40;
    private static final int TERMINATED = 128 + 15;

    private final Path directory;
    private final CertificateAuthority authority = CertificateAuthority.create("Test authority");
    private final LoopbackDns dns = LoopbackDns.start();
    private final SmtpSink cloud;
    private final Path configuration;
    private final Environment environment;

    SignalsTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        cloud = SmtpSink.builder().tls(authority.issue(Side.CLOUD.host())).start();
        configuration = ConfigurationCopy.of(Side.ON_PREMISES.configuration(), directory.resolve("conf"));
        environment = Environment.of(Side.ON_PREMISES, directory.resolve("certs"), authority, dns)
                .with("MAILFLOW_CLOUD_HOST", "[127.0.0.1]")
                .with("MAILFLOW_CLOUD_PORT", Integer.toString(cloud.port()))
                .with("MAILFLOW_CLOUD_CERTIFICATE", Side.CLOUD.host());
    }

    @AfterEach
    void end() {
        cloud.close();
        dns.close();
    }

    @Test
    void shouldLoseAndDoubleNothingWhenTerminatedUnderLoad() throws Exception {
        List<Load> clients = new ArrayList<>();
        Path data = directory.resolve("data");
        try (ServerProcess server = ServerProcess.start(configuration, data, environment)) {
            int port = server.port();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(Load.start(port));
            }
            await().atMost(PATIENCE).until(() -> accepted(clients).size() >= MAILS_BEFORE_THE_STOP);

            long began = System.nanoTime();
            server.signal("TERM");
            server.signal("TERM");
            int exitCode = server.awaitEnd();
            Duration took = Duration.ofNanos(System.nanoTime() - began);

            assertThat(exitCode).as(server.log()).isEqualTo(TERMINATED);
            assertThat(took).isLessThan(STOP);
            assertThat(server.log()).contains("Stopped in").doesNotContain("The server did not stop in order");
        }
        for (Load client : clients) {
            client.awaitEnd();
        }

        List<String> accepted = accepted(clients);
        try (ServerProcess restarted = ServerProcess.start(configuration, data, environment)) {
            await().atMost(PATIENCE).until(() -> received().size() >= accepted.size());
            restarted.signal("TERM");
            assertThat(restarted.awaitEnd()).isEqualTo(TERMINATED);
        }
        assertThat(received())
                .as("what was answered with 250 came, and nothing else, and nothing twice")
                .containsExactlyInAnyOrderElementsOf(accepted);
    }

    @Test
    void shouldEndInOrderAndInTimeWhenANextHopHangs() throws Exception {
        Path data = directory.resolve("data");
        TestMail mail = TestMail.of("erin@cpandl.com", "david@contoso.com");
        cloud.on(SmtpStage.END_OF_DATA).after(Duration.ofMinutes(10)).replyAndClose("421 4.3.2 Too late");
        try (ServerProcess server = ServerProcess.start(configuration, data, environment)) {
            send(server, mail);
            await().atMost(PATIENCE).until(() -> cloud.commands().stream()
                    .anyMatch(command -> command.line().equalsIgnoreCase("DATA")));

            long began = System.nanoTime();
            server.signal("TERM");
            int exitCode = server.awaitEnd();

            assertThat(exitCode).as(server.log()).isEqualTo(TERMINATED);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(STOP);
            assertThat(server.log())
                    .contains("Stopped in")
                    .doesNotContain("The server did not stop in order", "The stop takes too long");
        }

        cloud.behave();
        try (ServerProcess restarted = ServerProcess.start(configuration, data, environment)) {
            await().atMost(PATIENCE).until(() -> received().contains(mail.messageId()));
            restarted.signal("TERM");
            assertThat(restarted.awaitEnd()).isEqualTo(TERMINATED);
        }
        assertThat(received()).containsExactly(mail.messageId());
    }

    @Test
    void shouldTakeContentThatIsUnderWayAndDismissEverybodyElse() throws Exception {
        TestMail mail = TestMail.of("erin@cpandl.com", "david@contoso.com");
        try (ServerProcess server = ServerProcess.start(configuration, directory.resolve("data"), environment);
                SmtpDialogue idle = SmtpDialogue.connect("127.0.0.1", server.port());
                SmtpDialogue busy = SmtpDialogue.connect("127.0.0.1", server.port())) {
            idle.expect("220").send("EHLO client.test").expect("250");
            busy.expect("220").send("EHLO client.test").expect("250");
            busy.send("MAIL FROM:<erin@cpandl.com>").expect("250");
            busy.send("RCPT TO:<david@contoso.com>").expect("250");
            busy.send("DATA").expect("354");
            byte[] content = mail.content();
            busy.sendRaw(Arrays.copyOf(content, content.length / 2));

            server.signal("TERM");
            idle.expect("421 4.3.2");
            idle.expectClosed();
            busy.sendRaw(Arrays.copyOfRange(content, content.length / 2, content.length));
            busy.send(".").expect("250");
            busy.expect("421 4.3.2");
            busy.expectClosed();

            assertThat(server.awaitEnd()).as(server.log()).isEqualTo(TERMINATED);
        }
    }

    private static void send(ServerProcess server, TestMail mail) throws IOException {
        try (SmtpDialogue smtp = SmtpDialogue.connect("127.0.0.1", server.port())) {
            smtp.expect("220").send("EHLO client.test").expect("250");
            assertThat(mail.sendIn(smtp).code()).isEqualTo(250);
        }
    }

    @Test
    void shouldReloadOrRefuseWhenHungUp() throws Exception {
        Path file = configuration.resolve("mailflow.xml");
        String text = Files.readString(file);
        try (ServerProcess server = ServerProcess.start(configuration, directory.resolve("data"), environment)) {
            assertThat(answerTo(server, "david@fabrikam.com")).isEqualTo(550);

            Files.writeString(
                    file,
                    text.replace(
                            "<acceptedDomain ",
                            "<acceptedDomain name=\"fabrikam.com\" type=\"externalRelay\"/><acceptedDomain "));
            server.signal("HUP");

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(answerTo(server, "david@fabrikam.com"))
                    .isEqualTo(250));
            assertThat(server.log()).contains("Reloaded: generation ");

            Files.writeString(file, text.replace("<acceptedDomain ", "<acceptedDomian "));
            server.signal("HUP");

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(server.log())
                    .contains("Reload refused; the old configuration goes on:")
                    .contains("acceptedDomian"));
            assertThat(answerTo(server, "david@fabrikam.com")).isEqualTo(250);
        }
    }

    private static int answerTo(ServerProcess server, String recipient) throws IOException {
        try (SmtpDialogue smtp = SmtpDialogue.connect("127.0.0.1", server.port())) {
            smtp.expect("220").send("EHLO client.test").expect("250");
            smtp.send("MAIL FROM:<erin@cpandl.com>").expect("250");
            return smtp.send("RCPT TO:<" + recipient + ">").read().code();
        }
    }

    private static List<String> accepted(List<Load> clients) {
        return clients.stream().flatMap(client -> client.accepted().stream()).toList();
    }

    private List<String> received() {
        return cloud.received().stream()
                .filter(ReceivedMail::accepted)
                .map(mail -> mail.content().header("Message-ID").orElse("none"))
                .toList();
    }

    /** A client that sends mail after mail, in one connection, until the server has no more of it. */
    private static final class Load {
        private final List<String> accepted = new ArrayList<>();
        private final Thread thread;

        private Load(int port) {
            thread = new Thread(() -> send(port), "load");
        }

        static Load start(int port) {
            Load load = new Load(port);
            load.thread.start();
            return load;
        }

        private void send(int port) {
            try (SmtpDialogue smtp = SmtpDialogue.connect("127.0.0.1", port)) {
                smtp.expect("220").send("EHLO client.test").expect("250");
                while (true) {
                    TestMail mail = TestMail.of("erin@cpandl.com", "david@contoso.com");
                    if (mail.sendIn(smtp).code() != 250) {
                        return;
                    }
                    synchronized (accepted) {
                        accepted.add(mail.messageId());
                    }
                }
            } catch (IOException | AssertionError e) {
                // The server is gone, or said so; what was not answered is not counted.
                return;
            }
        }

        List<String> accepted() {
            synchronized (accepted) {
                return List.copyOf(accepted);
            }
        }

        void awaitEnd() throws InterruptedException {
            thread.join(TimeUnit.MINUTES.toMillis(1));
        }
    }
}
