package org.mailflow.testing.postfix;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mailflow.testing.peers.RequiresPeer;
import org.mailflow.testing.smtp.ReceivedMail;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.smtp.SmtpSink;
import org.mailflow.testing.smtp.SmtpStage;
import org.mailflow.testing.smtp.TlsPeer;
import org.mailflow.testing.tls.CertificateAuthority;
import org.mailflow.testing.tls.Credentials;
import org.mailflow.testing.tls.TlsContexts;

@RequiresPeer("postfix")
class PostfixTest {
    private static final byte[] MAIL = "Subject: x\r\n\r\nbody\r\n".getBytes(US_ASCII);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("Test Root");

    @Test
    void deliversIntoMailboxesAndRefusesOthers() throws Exception {
        try (Postfix postfix = Postfix.builder("mail.contoso.com")
                .mailboxes("chris@contoso.com")
                .alias("sales@contoso.com", "chris@contoso.com")
                .start()) {
            try (SmtpDialogue smtp = greet(postfix)) {
                smtp.send("MAIL FROM:<a@x.test>").expect("250");
                smtp.send("RCPT TO:<nobody@contoso.com>").expect("550 5.1.1");
                smtp.send("RSET").expect("250");
                assertThat(smtp.sendMail("a@x.test", List.of("sales@contoso.com"), MAIL)
                                .code())
                        .isEqualTo(250);
            }

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(postfix.mails("chris@contoso.com"))
                    .singleElement()
                    .satisfies(mail -> assertThat(mail.body()).isEqualTo("body\n")));
            assertThat(postfix.log()).contains("status=sent (delivered to maildir)");
            assertThat(postfix.mails("nobody@contoso.com")).isEmpty();
            assertThat(postfix.count("chris@contoso.com")).isEqualTo(1);
            assertThat(postfix.count("nobody@contoso.com")).isZero();
        }
    }

    @Test
    void relaysWithItsClientCertificate() throws Exception {
        Credentials client = AUTHORITY.intermediate("Test Intermediate").issue("mail.contoso.com");
        try (SmtpSink sink = SmtpSink.builder()
                        .hostName("mx.fabrikam.com")
                        .tls(AUTHORITY.issue("mx.fabrikam.com"))
                        .askForClientCertificate()
                        .requireTls()
                        .start();
                Postfix postfix = Postfix.builder("mail.contoso.com")
                        .transport("fabrikam.com", "smtp:[127.0.0.1]:" + sink.port())
                        .tlsPolicy("[127.0.0.1]:" + sink.port(), "secure match=mx.fabrikam.com")
                        .clientCertificate(client)
                        .trust(CertificateAuthority.create("Unrelated"), AUTHORITY)
                        .start()) {
            try (SmtpDialogue smtp = greet(postfix)) {
                smtp.sendMail("a@x.test", List.of("erin@fabrikam.com"), MAIL);
            }

            List<ReceivedMail> received = sink.awaitReceived(1, PATIENCE);

            assertThat(received).as(postfix.log()).hasSize(1);
            assertThat(received.get(0).peer().hello()).isEqualTo("mail.contoso.com");
            assertThat(received.get(0).peer().tls().map(TlsPeer::chain)).hasValue(client.chain());
        }
    }

    @Test
    void doesNotDeliverToAServerThatItCannotTrust() throws Exception {
        try (SmtpSink sink = SmtpSink.builder()
                        .tls(CertificateAuthority.create("Test Root").issue("mx.fabrikam.com"))
                        .start();
                Postfix postfix = Postfix.builder("mail.contoso.com")
                        .transport("*", "smtp:[127.0.0.1]:" + sink.port())
                        .tlsPolicy("[127.0.0.1]:" + sink.port(), "secure match=mx.fabrikam.com")
                        .trust(AUTHORITY)
                        .start()) {
            try (SmtpDialogue smtp = greet(postfix)) {
                smtp.sendMail("a@x.test", List.of("erin@fabrikam.com"), MAIL);
            }

            await().atMost(PATIENCE)
                    .until(() -> postfix.log().contains("Server certificate not verified")
                            || postfix.log().contains("Server certificate not trusted"));

            assertThat(sink.received()).isEmpty();
        }
    }

    @Test
    void asksForAndRecordsAClientCertificate() throws Exception {
        try (Postfix postfix = Postfix.builder("mail.contoso.com")
                .mailboxes("chris@contoso.com")
                .serverCertificate(AUTHORITY.issue("mail.contoso.com"))
                .trust(AUTHORITY)
                .setting("smtpd_tls_security_level", "encrypt")
                .start()) {
            try (SmtpDialogue smtp = greet(postfix)) {
                smtp.send("MAIL FROM:<a@x.test>").expect("530 5.7.0");
                smtp.startTls(TlsContexts.client(AUTHORITY.issue("partner.test"), AUTHORITY));
                smtp.send("EHLO client.test").expect("250");
                smtp.sendMail("a@x.test", List.of("chris@contoso.com"), MAIL);
            }

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(postfix.mails("chris@contoso.com"))
                    .hasSize(1));
            assertThat(postfix.mails("chris@contoso.com").get(0).header("Received"))
                    .hasValueSatisfying(received -> assertThat(received)
                            .contains("TLSv1.3", "(Client CN \"partner.test\", Issuer \"Test Root\" (verified OK))"));
        }
    }

    @Test
    void keepsItsQueueOverAnOutageAndFlushes() throws Exception {
        try (SmtpSink sink = SmtpSink.start();
                Postfix postfix = Postfix.builder("mail.contoso.com")
                        .transport("*", "smtp:[127.0.0.1]:" + sink.port())
                        .setting("minimal_backoff_time", "1h")
                        .setting("maximal_backoff_time", "1h")
                        .start()) {
            sink.on(SmtpStage.MAIL).reply("451 4.3.0 Later");
            try (SmtpDialogue smtp = greet(postfix)) {
                smtp.sendMail("a@x.test", List.of("erin@fabrikam.com"), MAIL);
            }
            await().atMost(PATIENCE).until(() -> postfix.log().contains("status=deferred"));
            assertThat(postfix.queue()).contains("erin@fabrikam.com");
            int port = postfix.port();

            postfix.stop();
            assertThatThrownBy(() -> SmtpDialogue.connect("127.0.0.1", port)).isInstanceOf(IOException.class);
            sink.behave();
            postfix.start();
            postfix.flush();

            assertThat(sink.awaitReceived(1, PATIENCE)).as(postfix.log()).hasSize(1);
            assertThat(postfix.port()).isEqualTo(port);
        }
    }

    @Test
    void runsBesideAnother() throws Exception {
        try (Postfix one = Postfix.builder("one.test").start();
                Postfix two = Postfix.builder("two.test").start()) {
            assertThat(one.port()).isNotEqualTo(two.port());
            try (SmtpDialogue smtp = SmtpDialogue.connect("127.0.0.1", one.port())) {
                smtp.expect("220 one.test");
            }
            try (SmtpDialogue smtp = SmtpDialogue.connect("127.0.0.1", two.port())) {
                smtp.expect("220 two.test");
            }
        }
    }

    @Test
    void refusesWhatNobodyRouted() throws Exception {
        try (Postfix postfix = Postfix.builder("mail.contoso.com").start();
                SmtpDialogue smtp = greet(postfix)) {
            smtp.send("MAIL FROM:<>").expect("250");

            smtp.send("RCPT TO:<erin@fabrikam.com>").expectMatching("550 5.4.4 .*no transport was given.*");
        }
    }

    @Test
    void saysWhatPostfixSaysOfABadSetting() {
        assertThatThrownBy(() -> Postfix.builder("mail.contoso.com")
                        .setting("queue_directory", "/nonexistent/queue")
                        .start())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/nonexistent/queue");
    }

    private static SmtpDialogue greet(Postfix postfix) throws IOException {
        SmtpDialogue smtp = SmtpDialogue.connect("127.0.0.1", postfix.port());
        return smtp.expect("220").send("EHLO client.test").expect("250");
    }
}
