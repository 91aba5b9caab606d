package org.mailflow.testing.python;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.testing.peers.RequiresPeer;
import org.mailflow.testing.smtp.ReceivedMail;
import org.mailflow.testing.smtp.SmtpSink;
import org.mailflow.testing.smtp.SmtpStage;
import org.mailflow.testing.smtp.TlsPeer;
import org.mailflow.testing.tls.CertificateAuthority;
import org.mailflow.testing.tls.Credentials;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@RequiresPeer("python3")
class RawClientTest {
    private static final String MAIL = "MAIL FROM:<a@x.test>\r\nRCPT TO:<b@y.test>\r\nDATA\r\n";

    private final CertificateAuthority authority = CertificateAuthority.create("Test authority");
    private RawClient client;
    private SmtpSink sink;

    @BeforeAll
    void start() throws Exception {
        client = RawClient.start();
        sink = SmtpSink.builder()
                .tls(authority.issue("sink.test"))
                .askForClientCertificate()
                .start();
    }

    @AfterAll
    void stop() throws Exception {
        client.close();
        sink.close();
    }

    @AfterEach
    void forget() {
        sink.behave();
        sink.forget();
    }

    private RawSession session() {
        return RawSession.to("127.0.0.1", sink.port()).from("127.0.0.7").read(1).say("EHLO client.test");
    }

    @Test
    void saysWhatItIsToldFromWhereItIsTold() throws Exception {
        RawOutcome outcome = client.run(session()
                .say("MAIL FROM:<a@x.test>")
                .say("RCPT TO:<b@y.test>")
                .data("Subject: \u00e4\r\n\r\nx")
                .say("QUIT")
                .drain());

        assertThat(outcome.replies()).hasSize(7);
        assertThat(outcome.last()).startsWith("221");
        assertThat(outcome.end()).isEqualTo("closed");
        ReceivedMail mail = sink.received().get(0);
        assertThat(mail.peer().client().getAddress().getHostAddress()).isEqualTo("127.0.0.7");
        assertThat(mail.content().bytes()).isEqualTo("Subject: \u00e4\r\n\r\nx\r\n".getBytes(ISO_8859_1));
    }

    @Test
    void sendsInPieces() throws Exception {
        List<RawOutcome> outcomes = client.runAll(List.of(
                session()
                        .sendByteByByte(MAIL)
                        .read(3)
                        .send("\r\nx\r\n.\r\nQUIT\r\n", Duration.ofMillis(20), 3, 6)
                        .drain(),
                session().send(MAIL + "\r\nx\r\n.\r\nQUIT\r\n").drain()));

        assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome.last()).startsWith("221"));
        assertThat(sink.received()).hasSize(2);
    }

    @Test
    void presentsACertificate(@TempDir Path directory) throws Exception {
        Credentials identity = authority.issue("mail.partner.test");

        RawOutcome outcome = client.run(session()
                .startTls(identity.writePem(directory, "client"))
                .say("EHLO client.test")
                .say("MAIL FROM:<a@x.test>")
                .say("RCPT TO:<b@y.test>")
                .data("x"));

        assertThat(outcome.version())
                .hasValueSatisfying(version -> assertThat(version).startsWith("TLSv1."));
        assertThat(outcome.end()).isEqualTo("open");
        assertThat(sink.received().get(0).peer().tls().map(TlsPeer::chain)).hasValue(identity.chain());
    }

    @Test
    void resumesATlsSession() throws Exception {
        RawOutcome first = client.run(session()
                .say("STARTTLS")
                .secureResuming("one", "TLSv1_2")
                .say("EHLO client.test")
                .keep("one"));
        RawOutcome second = client.run(
                session().say("STARTTLS").secureResuming("one", "TLSv1_2").say("NOOP"));

        assertThat(first.resumed()).isFalse();
        assertThat(second.resumed()).isTrue();
    }

    @Test
    void tellsThatItWasHungUpOn() throws Exception {
        sink.on(SmtpStage.MAIL).close();

        RawOutcome outcome = client.run(session().say("MAIL FROM:<a@x.test>").say("NOOP"));

        assertThat(outcome.end()).isEqualTo("closed");
        assertThat(outcome.replies()).hasSize(2);
    }

    @Test
    void doesManySessions() throws Exception {
        List<RawOutcome> outcomes = client.runAll(
                IntStream.range(0, 100).mapToObj(i -> session().say("NOOP")).toList());

        assertThat(outcomes).hasSize(100).allSatisfy(outcome -> assertThat(outcome.replies())
                .hasSize(3));
    }
}
