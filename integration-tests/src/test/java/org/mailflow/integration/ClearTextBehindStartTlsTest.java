package org.mailflow.integration;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailflow.core.event.MailEvent;
import org.mailflow.testing.dns.LoopbackDns;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.smtp.SmtpReply;
import org.mailflow.testing.tls.CertificateAuthority;
import org.mailflow.testing.tls.TlsContexts;

/**
 * Somebody on the wire puts commands behind a client's STARTTLS, in clear text (CVE-2011-0411). Through the whole pipeline of
 * the server, in however many packets they come, none is carried out behind the handshake.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClearTextBehindStartTlsTest {

    private static final String EVIL = "evil@injected.test";
    private static final String COMMANDS = commands(EVIL);
    private static final int ATTEMPTS = 40;

    private LoopbackDns dns;
    private TestServer server;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        dns = LoopbackDns.start();
        Environment environment = Environment.of(
                Side.ON_PREMISES, directory.resolve("certs"), CertificateAuthority.create("Test authority"), dns);
        server = TestServer.start(Side.ON_PREMISES.configuration(), directory.resolve("data"), environment);
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
        dns.close();
    }

    @AfterEach
    void nothingInjectedWasCarriedOut() throws Exception {
        List<MailEvent> ofEvil =
                server.events(event -> event.sender().filter(EVIL::equals).isPresent());
        assertThat(ofEvil).isEmpty();
    }

    private static String commands(String sender) {
        return "EHLO injected.test\r\nMAIL FROM:<" + sender + ">\r\nRCPT TO:<" + Contoso.CHRIS
                + ">\r\nDATA\r\nSubject: injected\r\n\r\nx\r\n.\r\n";
    }

    /** What a client may have said before. */
    static Stream<List<String>> openings() {
        return Stream.of(
                List.of(),
                List.of("DATA"),
                List.of("DATA", "DATA x", "DATA"),
                List.of("MAIL FROM:<a@x.test>", "DATA"),
                List.of("MAIL FROM:<a@x.test>", "RCPT TO:<erin@cpandl.com>", "DATA"),
                List.of("MAIL FROM:<a@x.test>", "RCPT TO:<chris@contoso.com>", "RSET", "DATA"),
                List.of("NOOP", "HELP", "VRFY chris"));
    }

    @ParameterizedTest
    @MethodSource("openings")
    void neverInOnePacket(List<String> opening) throws Exception {
        try (SmtpDialogue smtp = opened(opening)) {
            smtp.sendRaw(("STARTTLS\r\n" + COMMANDS).getBytes(US_ASCII));

            expectNothingCarriedOut(smtp);
        }
    }

    @ParameterizedTest
    @MethodSource("openings")
    void neverByteByByte(List<String> opening) throws Exception {
        try (SmtpDialogue smtp = opened(opening)) {
            sendInPieces(smtp, ("STARTTLS\r\n" + COMMANDS).getBytes(US_ASCII), IntStream.generate(() -> 1));

            expectNothingCarriedOut(smtp);
        }
    }

    /** The pieces hit the server in every phase between its reading STARTTLS and its waiting for the handshake. */
    @Test
    void neverInPiecesOfAnyLength() throws Exception {
        for (int seed = 0; seed < ATTEMPTS; seed++) {
            Random random = new Random(seed);
            try (SmtpDialogue smtp = opened(List.of("DATA"))) {
                sendInPieces(smtp, ("STARTTLS\r\n" + COMMANDS).getBytes(US_ASCII), random.ints(1, 40));

                expectNothingCarriedOut(smtp);
            }
        }
    }

    /** After the answer to STARTTLS only the handshake can follow. */
    @Test
    void neverBehindTheAnswerToStartTls() throws Exception {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try (SmtpDialogue smtp = opened(List.of())) {
                smtp.send("STARTTLS").expect("220");
                smtp.sendRaw(COMMANDS.getBytes(US_ASCII));

                expectNoReply(smtp);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "starttls\r\n",
                "StartTLS \r\n",
                " STARTTLS\r\n",
                "NOOP\r\nSTARTTLS\r\n",
                "DATA\r\nSTARTTLS\r\n",
                "RSET\r\nDATA\r\nstarttls\r\n",
                "STARTTLS x\r\n",
            })
    void neverInAnySpelling(String startTls) throws Exception {
        try (SmtpDialogue smtp = opened(List.of("DATA"))) {
            smtp.sendRaw((startTls + "RCPT TO:<erin@cpandl.com>\r\nMAIL FROM:<" + EVIL + ">\r\nQUIT\r\n")
                    .getBytes(US_ASCII));

            expectNothingCarriedOut(smtp);
        }
    }

    /** In clear text the same client may say all this; that there is then no TLS to take it for, is what counts. */
    @Test
    void noTlsBeginsBehindTheContentOfAMail() throws Exception {
        TestMail mail = TestMail.of("a@x.test", Contoso.CHRIS);
        try (SmtpDialogue smtp = opened(List.of("MAIL FROM:<a@x.test>", "RCPT TO:<chris@contoso.com>"))) {
            smtp.send("DATA").expect("354");
            String content = new String(mail.content(), US_ASCII);
            smtp.sendRaw((content + ".\r\nSTARTTLS\r\nNOOP\r\n").getBytes(US_ASCII));

            smtp.expect("250").expectMatching("(503|451) .*");
        }
    }

    /** So the tests above would see a trace of what they say leaves none. */
    @Test
    void theSameCommandsWithoutStartTlsAreCarriedOut() throws Exception {
        try (SmtpDialogue smtp = opened(List.of("DATA"))) {
            smtp.sendRaw(commands("honest@x.test").getBytes(US_ASCII));

            smtp.expect("250").expect("250").expect("250").expect("354").expect("250");
        }
        assertThat(server.events(
                        event -> event.sender().filter("honest@x.test"::equals).isPresent()))
                .extracting(MailEvent::type)
                .contains(MailEvent.Type.RECEIVED);
    }

    @Test
    void anHonestClientGetsThrough() throws Exception {
        TestMail mail = TestMail.of("a@x.test", Contoso.CHRIS);
        try (SmtpDialogue smtp = opened(List.of("DATA"))) {
            smtp.startTls(TlsContexts.gullibleClient());
            smtp.send("EHLO client.test").expect("250");

            assertThat(mail.sendIn(smtp).code()).isEqualTo(250);
        }
    }

    private SmtpDialogue opened(List<String> opening) throws IOException {
        SmtpDialogue smtp = server.connect(Contoso.STRANGER);
        for (String command : opening) {
            smtp.send(command).read();
        }
        return smtp;
    }

    private static void sendInPieces(SmtpDialogue smtp, byte[] bytes, IntStream lengths) {
        var length = lengths.iterator();
        try {
            for (int at = 0; at < bytes.length; ) {
                int end = Math.min(bytes.length, at + length.nextInt());
                smtp.sendRaw(Arrays.copyOfRange(bytes, at, end));
                at = end;
            }
        } catch (IOException closed) {
            // The server has hung up, as it should.
        }
    }

    /** Refusals may come; a 220 is followed by nothing; a 250 or 354 to what was injected never comes. */
    private static void expectNothingCarriedOut(SmtpDialogue smtp) throws IOException {
        boolean tls = false;
        while (true) {
            SmtpReply reply;
            try {
                reply = smtp.read();
            } catch (AssertionError | IOException closed) {
                return;
            }
            assertThat(tls).as("a reply behind 220: %s", smtp.transcript()).isFalse();
            tls = reply.code() == 220;
        }
    }

    private static void expectNoReply(SmtpDialogue smtp) throws IOException {
        try {
            SmtpReply reply = smtp.read();
            throw new IllegalStateException("answered " + reply);
        } catch (AssertionError | IOException closed) {
            // The connection ended without another reply.
        }
    }
}
