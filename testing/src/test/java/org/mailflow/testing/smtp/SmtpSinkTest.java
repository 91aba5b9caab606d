package org.mailflow.testing.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.mailflow.testing.peers.RequiresPeer;
import org.mailflow.testing.tls.CertificateAuthority;
import org.mailflow.testing.tls.Credentials;
import org.mailflow.testing.tls.TlsContexts;

class SmtpSinkTest {
    private static final byte[] MAIL = "Subject: x\r\n\r\n.dot\r\nbare\rCR \u00e9\r\n".getBytes(ISO_8859_1);
    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("Test Root");
    private static final Credentials SERVER = AUTHORITY.issue("sink.test");

    @Test
    void recordsTheWholeTransaction() throws Exception {
        try (SmtpSink sink = SmtpSink.start();
                SmtpDialogue smtp = SmtpDialogue.connect("127.0.0.1", sink.port(), "127.0.0.5")) {
            smtp.expect("220 sink.test")
                    .send("EHLO client.test")
                    .expectMatching("250-sink.test\n.*250 ENHANCEDSTATUSCODES");
            smtp.send("MAIL FROM:<a@x.test> SIZE=33 BODY=8BITMIME").expect("250 2.1.0");
            smtp.send("RCPT TO:<b@y.test> NOTIFY=NEVER").expect("250 2.1.5");
            smtp.send("RCPT TO:<c@y.test>").expect("250");
            assertThat(smtp.sendData(MAIL).code()).isEqualTo(250);
            smtp.send("QUIT").expect("221").expectClosed();

            assertThat(sink.received()).singleElement().satisfies(mail -> {
                assertThat(mail.peer().hello()).isEqualTo("client.test");
                assertThat(mail.peer().client().getAddress().getHostAddress()).isEqualTo("127.0.0.5");
                assertThat(mail.peer().server()).isEqualTo(sink.address());
                assertThat(mail.peer().tls()).isEmpty();
                assertThat(mail.sender()).isEqualTo(new EnvelopePath("a@x.test", List.of("SIZE=33", "BODY=8BITMIME")));
                assertThat(mail.recipients())
                        .containsExactly(
                                new EnvelopePath("b@y.test", List.of("NOTIFY=NEVER")),
                                new EnvelopePath("c@y.test", List.of()));
                assertThat(mail.content().bytes()).isEqualTo(MAIL);
            });
            assertThat(sink.commands()).extracting(SmtpCommand::line).contains("EHLO client.test", "DATA", "QUIT");
        }
    }

    @Test
    void listensOnSeveralAddressesWithOnePort() throws Exception {
        try (SmtpSink sink =
                SmtpSink.builder().addresses("127.0.0.2", "127.0.0.3").start()) {
            for (String address : List.of("127.0.0.2", "127.0.0.3")) {
                try (SmtpDialogue smtp = SmtpDialogue.connect(address, sink.port())) {
                    smtp.expect("220").send("HELO c").expect("250 sink.test");
                    smtp.sendMail("", List.of("b@y.test"), MAIL);
                }
            }

            assertThat(sink.received())
                    .extracting(mail -> mail.peer().server().getAddress().getHostAddress())
                    .containsExactly("127.0.0.2", "127.0.0.3");
        }
    }

    @Test
    void recordsTlsAndTheClientsChain() throws Exception {
        Credentials client =
                CertificateAuthority.create("Other Root").intermediate("Other").issue("client.test");
        try (SmtpSink sink = SmtpSink.builder()
                        .tls(SERVER)
                        .askForClientCertificate()
                        .requireTls()
                        .start();
                SmtpDialogue smtp = SmtpDialogue.connect("127.0.0.1", sink.port())) {
            smtp.expect("220").send("EHLO c").expectMatching(".*250 STARTTLS");
            smtp.send("MAIL FROM:<a@x.test>").expect("530 5.7.0");
            smtp.startTls(TlsContexts.client(client, AUTHORITY));
            smtp.send("EHLO secret").expectMatching("(?!.*STARTTLS).*");
            smtp.sendMail("a@x.test", List.of("b@y.test"), MAIL);

            assertThat(sink.received()).singleElement().satisfies(mail -> {
                TlsPeer tls = mail.peer().tls().orElseThrow();
                assertThat(tls.protocol()).isEqualTo("TLSv1.3");
                assertThat(tls.cipher()).isEqualTo(smtp.session().orElseThrow().getCipherSuite());
                assertThat(tls.chain()).isEqualTo(client.chain());
                assertThat(mail.peer().hello()).isEqualTo("secret");
            });
            assertThat(sink.commands())
                    .filteredOn(SmtpCommand::encrypted)
                    .extracting(SmtpCommand::line)
                    .first()
                    .isEqualTo("EHLO secret");
        }
    }

    @Test
    void limitsTheProtocolAndTakesClientsWithoutCertificate() throws Exception {
        try (SmtpSink sink = SmtpSink.builder()
                        .tls(SERVER)
                        .tlsProtocols("TLSv1.2")
                        .askForClientCertificate()
                        .start();
                SmtpDialogue smtp = SmtpDialogue.connect("127.0.0.1", sink.port())) {
            smtp.expect("220").startTls(TlsContexts.gullibleClient());
            smtp.sendMail("a@x.test", List.of("b@y.test"), MAIL);

            TlsPeer tls = sink.received().get(0).peer().tls().orElseThrow();
            assertThat(tls.protocol()).isEqualTo("TLSv1.2");
            assertThat(tls.chain()).isEmpty();
        }
    }

    @Test
    void logsAHandshakeThatFails() throws Exception {
        CertificateAuthority stranger = CertificateAuthority.create("Test Root");
        try (SmtpSink sink = SmtpSink.builder().tls(SERVER).start();
                SmtpDialogue smtp = SmtpDialogue.connect("127.0.0.1", sink.port())) {
            smtp.expect("220");

            assertThatThrownBy(() -> smtp.startTls(TlsContexts.client(stranger)))
                    .isInstanceOf(SSLException.class);

            await().untilAsserted(() -> assertThat(sink.tlsFailures()).hasSize(1));
        }
    }

    @Test
    void refusesTextInjectedAfterStartTls() throws Exception {
        try (SmtpSink sink = SmtpSink.builder().tls(SERVER).start();
                SmtpDialogue smtp = SmtpDialogue.connect("127.0.0.1", sink.port())) {
            smtp.expect("220")
                    .sendRaw("STARTTLS\r\nRSET\r\n".getBytes(ISO_8859_1))
                    .expect("554");

            assertThat(sink.tlsFailures()).hasSize(1);
        }
    }

    @Test
    void keepsOrderOfCommands() throws Exception {
        try (SmtpSink sink = SmtpSink.start();
                SmtpDialogue smtp = SmtpDialogue.connect("127.0.0.1", sink.port())) {
            smtp.expect("220");
            smtp.send("RCPT TO:<b@y.test>").expect("503");
            smtp.send("DATA").expect("503");
            smtp.send("STARTTLS").expect("503");
            smtp.send("MAIL FROM:<a@x.test").expect("501");
            smtp.send("MAIL FROM:<a@x.test>").expect("250");
            smtp.send("MAIL FROM:<a@x.test>").expect("503");
            smtp.send("RCPT TO:b@y.test").expect("501");
            smtp.send("DATA").expect("554");
            smtp.send("RSET").expect("250");
            smtp.send("RCPT TO:<b@y.test>").expect("503");
            smtp.send("NOOP").expect("250");
            smtp.send("BDAT 10 LAST").expect("500");
        }
    }

    @Test
    void refusesOneRecipientOfSeveral() throws Exception {
        try (SmtpSink sink = SmtpSink.start();
                SmtpDialogue smtp = SmtpDialogue.connect("127.0.0.1", sink.port())) {
            sink.on(SmtpStage.RCPT).containing("bad@").reply("550 5.1.1 No such user");
            smtp.expect("220").send("MAIL FROM:<a@x.test>").expect("250");
            smtp.send("RCPT TO:<good@y.test>").expect("250");
            smtp.send("RCPT TO:<BAD@y.test>").expect("550 5.1.1");
            smtp.sendData(MAIL);

            ReceivedMail mail = sink.received().get(0);
            assertThat(mail.recipientAddresses()).containsExactly("good@y.test");
            assertThat(mail.refused()).extracting(EnvelopePath::address).containsExactly("BAD@y.test");
        }
    }

    @Test
    void scriptsTheSecondMailOnly() throws Exception {
        try (SmtpSink sink = SmtpSink.start();
                SmtpDialogue smtp = SmtpDialogue.connect("127.0.0.1", sink.port())) {
            sink.on(SmtpStage.END_OF_DATA).forMail(2).reply("452 4.3.1 Insufficient storage");
            smtp.expect("220");

            List<Integer> codes = List.of(
                    smtp.sendMail("a@x.test", List.of("b@y.test"), MAIL).code(),
                    smtp.sendMail("a@x.test", List.of("b@y.test"), MAIL).code(),
                    smtp.sendMail("a@x.test", List.of("b@y.test"), MAIL).code());

            assertThat(codes).containsExactly(250, 452, 250);
            assertThat(sink.received()).hasSize(2);
            assertThat(sink.transactions()).extracting(ReceivedMail::accepted).containsExactly(true, false, true);
        }
    }

    @Test
    void usesARuleUpAndForgetsRules() throws Exception {
        try (SmtpSink sink = SmtpSink.start()) {
            sink.on(SmtpStage.CONNECT).times(1).reply("421 4.3.2 Busy");
            sink.on(SmtpStage.CONNECT).times(1).reply("554 5.3.2 Go away");
            sink.on(SmtpStage.CONNECT).reply("220 odd");

            for (String greeting : List.of("421 4.3.2", "554 5.3.2", "220 odd", "220 odd")) {
                try (SmtpDialogue smtp = SmtpDialogue.connect("127.0.0.1", sink.port())) {
                    smtp.expect(greeting);
                }
            }
            sink.behave();

            try (SmtpDialogue smtp = SmtpDialogue.connect("127.0.0.1", sink.port())) {
                smtp.expect("220 sink.test");
            }
            assertThat(sink.connections()).isEqualTo(5);
        }
    }

    @Test
    void closesInTheMiddle() throws Exception {
        try (SmtpSink sink = SmtpSink.start()) {
            sink.on(SmtpStage.CONNECT).times(1).close();
            try (SmtpDialogue smtp = SmtpDialogue.connect("127.0.0.1", sink.port())) {
                smtp.expectClosed();
            }
            sink.on(SmtpStage.CONTENT).times(1).close();
            try (SmtpDialogue smtp = SmtpDialogue.connect("127.0.0.1", sink.port())) {
                smtp.expect("220")
                        .send("MAIL FROM:<>")
                        .expect("250")
                        .send("RCPT TO:<b@y.test>")
                        .expect("250");
                smtp.send("DATA").expect("354").expectClosed();
            }
            sink.on(SmtpStage.END_OF_DATA).times(1).close();
            try (SmtpDialogue smtp = SmtpDialogue.connect("127.0.0.1", sink.port())) {
                smtp.expect("220");
                assertThatThrownBy(() -> smtp.sendMail("", List.of("b@y.test"), MAIL))
                        .isInstanceOf(AssertionError.class)
                        .hasMessageContaining("closed");
            }
            sink.on(SmtpStage.MAIL).replyAndClose("421 4.3.0 Shutting down");
            try (SmtpDialogue smtp = SmtpDialogue.connect("127.0.0.1", sink.port())) {
                smtp.expect("220").send("MAIL FROM:<>").expect("421 4.3.0").expectClosed();
            }

            assertThat(sink.received()).isEmpty();
            assertThat(sink.transactions()).extracting(ReceivedMail::reply).containsExactly("");
        }
    }

    @Test
    void takesItsTime() throws Exception {
        try (SmtpSink sink = SmtpSink.start();
                SmtpDialogue smtp = SmtpDialogue.connect("127.0.0.1", sink.port())) {
            sink.on(SmtpStage.MAIL).after(Duration.ofMillis(300)).proceed();
            smtp.expect("220");
            long start = System.nanoTime();

            smtp.send("MAIL FROM:<>").expect("250 2.1.0");

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        }
    }

    @Test
    void endsADelayWhenClosed() throws Exception {
        SmtpSink sink = SmtpSink.start();
        sink.on(SmtpStage.CONNECT).after(Duration.ofHours(1)).proceed();
        try (SmtpDialogue smtp = SmtpDialogue.connect("127.0.0.1", sink.port())) {
            await().until(() -> sink.connections() == 1);

            sink.close();

            smtp.expectClosed();
        }
    }

    @Test
    void injectsTextBeforeTheHandshake() throws Exception {
        try (SmtpSink sink = SmtpSink.builder().tls(SERVER).start();
                SmtpDialogue smtp = SmtpDialogue.connect("127.0.0.1", sink.port())) {
            sink.on(SmtpStage.STARTTLS).reply("220 ready\r\n250 evil");

            smtp.expect("220").send("STARTTLS").expect("220 ready").expect("250 evil");
            smtp.secure(TlsContexts.client(AUTHORITY)).send("NOOP").expect("250");
        }
    }

    @Test
    void waitsForMailThatArrivesLater() throws Exception {
        try (SmtpSink sink = SmtpSink.start();
                SmtpDialogue smtp = SmtpDialogue.connect("127.0.0.1", sink.port())) {
            sink.on(SmtpStage.END_OF_DATA).after(Duration.ofMillis(200)).proceed();
            smtp.expect("220")
                    .send("MAIL FROM:<>")
                    .expect("250")
                    .send("RCPT TO:<b@y.test>")
                    .expect("250");
            smtp.send("DATA").expect("354").sendRaw(DotStuffing.stuff(MAIL));

            assertThat(sink.awaitReceived(1, Duration.ofSeconds(20))).hasSize(1);
            assertThat(sink.awaitReceived(2, Duration.ofMillis(50))).hasSize(1);
            sink.forget();
            assertThat(sink.received()).isEmpty();
        }
    }

    @Test
    void offersTheCapabilitiesChosen() throws Exception {
        try (SmtpSink sink =
                        SmtpSink.builder().hostName("mx.test").capabilities().start();
                SmtpDialogue smtp = SmtpDialogue.connect("127.0.0.1", sink.port())) {
            smtp.expect("220 mx.test").send("EHLO c").expectMatching("250 mx.test");
        }
    }

    @Test
    void listensOnLoopbackOnlyAndOnTheSamePortAgain() throws IOException {
        assertThatThrownBy(() -> SmtpSink.builder().addresses("0.0.0.0").start())
                .isInstanceOf(IllegalArgumentException.class);
        SmtpSink first = onAPortThatNoClientGets();
        first.close();

        try (SmtpSink second = SmtpSink.builder().port(first.port()).start()) {
            assertThat(second.port()).isEqualTo(first.port());
        }
    }

    /** Between the two somebody else's client could be given the port of an ordinary one. */
    private static SmtpSink onAPortThatNoClientGets() throws IOException {
        for (int port = 20_000; port < 30_000; port++) {
            try {
                return SmtpSink.builder().port(port).start();
            } catch (BindException e) {
                // Somebody listens there.
            }
        }
        throw new IOException("no port is free");
    }

    @Test
    @RequiresPeer("swaks")
    void understandsSwaks() throws Exception {
        try (SmtpSink sink = SmtpSink.start()) {
            Process swaks = new ProcessBuilder(
                            "swaks",
                            "--server",
                            "127.0.0.1:" + sink.port(),
                            "--from",
                            "a@x.test",
                            "--to",
                            "b@y.test,c@y.test",
                            "--helo",
                            "swaks.test",
                            "--body",
                            ".\n..\nbody")
                    .redirectErrorStream(true)
                    .start();
            String printed = new String(swaks.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(swaks.waitFor()).as(printed).isZero();
            assertThat(sink.received()).singleElement().satisfies(mail -> {
                assertThat(mail.recipientAddresses()).containsExactly("b@y.test", "c@y.test");
                assertThat(mail.content().body()).startsWith(".\r\n..\r\nbody");
            });
        }
    }
}
