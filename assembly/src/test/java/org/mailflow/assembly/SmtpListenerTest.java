package org.mailflow.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpListenerTest {

    private static MailflowServer server;
    private static RecordingHook.Notes notes;

    @BeforeAll
    static void start(@TempDir Path temporary) throws Exception {
        server = TestServer.start(temporary);
        notes = server.get(RecordingHook.Notes.class);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void forget() {
        notes.seen.clear();
    }

    @Test
    void runsCommandsOffTheSocketThreads() throws IOException {
        try (SmtpClient client = connect()) {
            client.mail("bob@fabrikam.example", TestServer.USER, "threads");
        }

        assertThat(notes.seen).singleElement().satisfies(seen -> assertThat(seen.thread())
                .startsWith("smtpserver-commands-"));
    }

    @Test
    void completesTheHandshakeWithAnExpiredCertificateOfNobodyAndShowsIt() throws Exception {
        TestCertificate expired =
                TestCertificate.selfSigned("nobody.example", Instant.now().minus(Duration.ofDays(1)));

        SSLSession session = sessionOfClientWith(expired.asClient());

        assertThat(session.getPeerCertificates()).containsExactly(expired.certificate());
        assertThat(session.getProtocol()).isEqualTo("TLSv1.3");
    }

    @Test
    void completesTheHandshakeWithoutACertificate() throws Exception {
        SSLSession session = sessionOfClientWith();

        assertThat(session.getCipherSuite()).startsWith("TLS_");
        assertThatThrownBy(session::getPeerCertificates).isInstanceOf(SSLPeerUnverifiedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "DATA\r\n", "NOOP\r\n"})
    void endsTheConnectionWhereClearTextFollowsStartTls(String refusedBefore) throws Exception {
        try (SmtpClient client = connect()) {
            client.say("EHLO client.example");
            if (!refusedBefore.isEmpty()) {
                client.send(refusedBefore);
                client.reply();
            }

            client.send("STARTTLS\r\nEHLO evil.example\r\nMAIL FROM:<evil@evil.example>\r\n");
            String reply = client.reply();

            assertThat(reply).doesNotStartWith("220");
        }
        assertThat(notes.seen).isEmpty();
    }

    @Test
    void takesAHundredHandshakesInARowWithoutLosingOne() throws Exception {
        for (int i = 0; i < 100; i++) {
            assertThat(sessionOfClientWith().isValid()).isTrue();
        }
    }

    private static SSLSession sessionOfClientWith(KeyManager... own) throws IOException, GeneralSecurityException {
        notes.seen.clear();
        try (SmtpClient client = connect()) {
            client.say("EHLO client.example");
            assertThat(client.say("STARTTLS")).startsWith("220");
            client.startTls(own);
            client.say("EHLO client.example");
            client.say("MAIL FROM:<bob@fabrikam.example>");
        }
        assertThat(notes.seen).hasSize(1);
        RecordingHook.Seen seen = notes.seen.element();
        assertThat(seen.tls()).isTrue();
        return seen.session().orElseThrow();
    }

    private static SmtpClient connect() throws IOException {
        return SmtpClient.connect(server.smtpPorts().get(0));
    }
}
