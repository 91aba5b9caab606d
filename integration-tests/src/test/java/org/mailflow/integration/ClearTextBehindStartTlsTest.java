package org.mailflow.integration;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
import org.mailflow.testing.peers.RequiresPeer;
import org.mailflow.testing.python.RawClient;
import org.mailflow.testing.python.RawOutcome;
import org.mailflow.testing.python.RawSession;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.smtp.SmtpReply;
import org.mailflow.testing.tls.PemFiles;
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

    private FrontDoorServer door;
    private TestServer server;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        door = new FrontDoorServer(directory);
        server = door.server();
    }

    @AfterAll
    void stop() throws Exception {
        door.close();
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

    /** How STARTTLS may be spelled that is carried out, with what before it in the same write. */
    private static final List<String> SPELLINGS = List.of(
            "STARTTLS\r\n",
            "starttls\r\n",
            "StartTLS \r\n",
            " STARTTLS\r\n",
            "NOOP\r\nSTARTTLS\r\n",
            "DATA\r\nSTARTTLS\r\n",
            "RSET\r\nDATA\r\nSTARTTLS\r\n",
            "EHLO again.test\r\nSTARTTLS\r\n",
            "HELP\r\nVRFY chris\r\nSTARTTLS\r\n",
            "MAIL FROM:<a@x.test>\r\nRCPT TO:<chris@contoso.com>\r\nSTARTTLS\r\n");

    /** With a TLS that is not Java's: whatever answers there are behind the handshake are those to what is said behind it. */
    @Test
    @RequiresPeer("python3")
    void neverFromPythonWithAnyTiming() throws Exception {
        List<RawSession> sessions = new ArrayList<>();
        for (String spelling : SPELLINGS) {
            int end = spelling.length();
            String text = spelling + COMMANDS;
            sessions.add(behind(door.raw(Contoso.STRANGER).send(text)));
            sessions.add(behind(door.raw(Contoso.STRANGER).sendByteByByte(text)));
            for (int millis : List.of(0, 1, 5, 50)) {
                sessions.add(behind(door.raw(Contoso.STRANGER).send(text, Duration.ofMillis(millis), end)));
            }
            sessions.add(behind(door.raw(Contoso.STRANGER).send(text, Duration.ofMillis(5), end - 1, end + 6)));
            sessions.add(behind(door.raw(Contoso.STRANGER).say("DATA").send(text, Duration.ofMillis(1), end - 4)));
        }

        for (RawOutcome outcome : runAll(sessions)) {
            assertThat(outcome.version().isEmpty() || outcome.last().startsWith("503"))
                    .as("%s", outcome)
                    .isTrue();
            assertThat(outcome.replies().stream().filter(reply -> reply.startsWith("354")))
                    .as("%s", outcome)
                    .isEmpty();
        }
    }

    /** Once the server is silent, the client shakes hands all the same, and asks what there is of a transaction. */
    private static RawSession behind(RawSession session) {
        return session.drain(Duration.ofMillis(300)).secure().say("DATA").say("RCPT TO:<" + Contoso.CHRIS + ">");
    }

    private static List<RawOutcome> runAll(List<RawSession> sessions) throws IOException {
        try (RawClient client = RawClient.start()) {
            return client.runAll(sessions);
        }
    }

    /** RFC 3207, 4.2: what the client said before counts for nothing, and it must greet again. */
    @Test
    @RequiresPeer("python3")
    void whatWasSaidBeforeIsForgotten() throws Exception {
        List<List<String>> before = List.of(
                List.of("MAIL FROM:<a@x.test>"),
                List.of("MAIL FROM:<a@x.test>", "RCPT TO:<chris@contoso.com>"),
                List.of("MAIL FROM:<a@x.test>", "RCPT TO:<chris@contoso.com>", "DATA x"),
                List.of("AUTH PLAIN AGNocmlzQGNvbnRvc28uY29tAGNvcnJlY3QgaG9yc2U="));
        List<RawSession> sessions = new ArrayList<>();
        for (List<String> commands : before) {
            for (int port : List.of(server.port(), server.submissionPort())) {
                RawSession session = door.raw(port, Contoso.STRANGER).say("EHLO client.test");
                commands.forEach(session::say);
                sessions.add(session.startTls()
                        .say("DATA")
                        .say("RCPT TO:<chris@contoso.com>")
                        .say("MAIL FROM:<chris@contoso.com>")
                        .say("EHLO client.test")
                        .say("DATA")
                        .say("RCPT TO:<erin@cpandl.com>")
                        .say("MAIL FROM:<chris@contoso.com>")
                        .say("RCPT TO:<erin@cpandl.com>"));
            }
        }

        for (RawOutcome outcome : runAll(sessions)) {
            List<String> behind = outcome.replies()
                    .subList(outcome.replies().size() - 8, outcome.replies().size());
            assertThat(outcome.version()).as("%s", outcome).isPresent();
            assertThat(behind.subList(0, 3)).as("%s", outcome).allMatch(reply -> reply.startsWith("503"));
            assertThat(behind.subList(4, 6)).as("%s", outcome).allMatch(reply -> reply.startsWith("503"));
            assertThat(behind.get(6)).as("%s", outcome).matches("(?s)(250|530) .*");
            assertThat(behind.get(7)).as("%s", outcome).matches("(?s)(550 5\\.7\\.1|503) .*");
        }
    }

    /** A TLS session that is resumed gives nobody more than a whole handshake would: no certificate, no connector. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1_2", "TLSv1_3"})
    @RequiresPeer("python3")
    void noIdentityIsInherited(String version, @TempDir Path directory) throws Exception {
        PemFiles right = door.authority().issue("cloud.contoso.com").writePem(directory, "right");
        PemFiles wrong = door.authority().issue("mail.evil.test").writePem(directory, "wrong");
        try (RawClient client = RawClient.start()) {
            // Three honest ones; then somebody has their TLS session, and another certificate or none.
            assertThat(client.run(relaying("of the cloud", version, Optional.of(right)))
                            .last())
                    .startsWith("250 2.1.5");
            assertThat(client.run(relaying("of nobody", version, Optional.empty()))
                            .last())
                    .startsWith("550 5.7.1");
            assertThat(client.run(relaying("of another", version, Optional.of(wrong)))
                            .last())
                    .startsWith("550 5.7.1");

            for (String kept : List.of("of nobody", "of another")) {
                RawOutcome again = client.run(relaying(kept, version, Optional.of(wrong)));
                assertThat(again.last()).as("%s", again).startsWith("550 5.7.1");
            }
            RawOutcome cloud = client.run(relaying("of the cloud", version, Optional.of(wrong)));
            assertThat(cloud.resumed()).as("%s", cloud).isFalse();
            assertThat(cloud.last()).as("%s", cloud).startsWith("550 5.7.1");
        }
    }

    private RawSession relaying(String kept, String version, Optional<PemFiles> identity) {
        RawSession session = door.raw(Contoso.STRANGER).say("STARTTLS");
        return identity.map(files -> session.secureResuming(kept, version, files))
                .orElseGet(() -> session.secureResuming(kept, version))
                .say("EHLO client.test")
                .keep(kept)
                .say("MAIL FROM:<a@x.test>")
                .say("RCPT TO:<erin@cpandl.com>");
    }

    /** A browser that is made to send a mail speaks HTTP first, and then it is sent away. */
    @Test
    @RequiresPeer("python3")
    void noMailComesInAnHttpRequest() throws Exception {
        List<RawSession> sessions = new ArrayList<>();
        for (String request : List.of(
                "GET / HTTP/1.1", "POST /x HTTP/1.1", "PUT / HTTP/1.0", "post / HTTP/1.1", "CONNECT a:25 HTTP/1.1")) {
            String text =
                    request + "\r\nHost: mail.contoso.com:25\r\nContent-Length: 4711\r\n\r\n" + COMMANDS + "QUIT\r\n";
            sessions.add(door.raw(server.port(), Contoso.STRANGER).send(text).drain());
            sessions.add(RawSession.to("127.0.0.1", server.submissionsPort())
                    .from(Contoso.STRANGER)
                    .secure()
                    .send(text)
                    .drain());
            sessions.add(door.raw(Contoso.STRANGER).startTls().send(text).drain());
        }

        assertThat(runAll(sessions)).allSatisfy(outcome -> {
            assertThat(outcome.end()).as("%s", outcome).isEqualTo("closed");
            assertThat(outcome.count("354")).as("%s", outcome).isZero();
            assertThat(outcome.count("5")).as("%s", outcome).isLessThanOrEqualTo(3);
        });
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
