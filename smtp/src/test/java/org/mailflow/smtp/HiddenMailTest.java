package org.mailflow.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailflow.core.decision.Reply;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.model.Premises;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.smtp.SmtpReply;

/** Whatever a mail's content has in it, and however it arrives: it is one mail or none, and never two. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HiddenMailTest {

    /** What of core's replies is tested here. */
    static final List<String> REPLIES = List.of("BARE_LINE_FEED", "BARE_CARRIAGE_RETURN", "NUL_CHARACTER");

    private static final String ENVELOPE = "MAIL FROM:<a@x.test>\r\nRCPT TO:<chris@contoso.com>\r\nDATA\r\n";
    private static final String SECOND = ENVELOPE + "Subject: second\r\n\r\nHidden.";
    private static final String END = "\r\n.\r\n";

    private SmtpServerUnderTest server;

    @BeforeAll
    void start() throws Exception {
        server = SmtpServerUnderTest.builder(Organizations.mailflow(Premises.ON_PREMISES), Certificates.SERVER)
                .start();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void forget() throws Exception {
        server.clearSpool();
        server.events().clear();
    }

    static Stream<Arguments> sequences() {
        return Stream.of(
                Arguments.of("\n.\n", Reply.BARE_LINE_FEED),
                Arguments.of("\n.\r\n", Reply.BARE_LINE_FEED),
                Arguments.of("\r\n.\n", Reply.BARE_LINE_FEED),
                Arguments.of("\n.\r", Reply.BARE_LINE_FEED),
                Arguments.of("\n\n.\n\n", Reply.BARE_LINE_FEED),
                Arguments.of("\n", Reply.BARE_LINE_FEED),
                Arguments.of("\r.\n", Reply.BARE_CARRIAGE_RETURN),
                Arguments.of("\r.\r", Reply.BARE_CARRIAGE_RETURN),
                Arguments.of("\r.\r\n", Reply.BARE_CARRIAGE_RETURN),
                Arguments.of("\r\n.\r", Reply.BARE_CARRIAGE_RETURN),
                Arguments.of("\r\r\n.\r\r\n", Reply.BARE_CARRIAGE_RETURN),
                Arguments.of("\r\n.\r\r\n", Reply.BARE_CARRIAGE_RETURN),
                Arguments.of("\r", Reply.BARE_CARRIAGE_RETURN),
                Arguments.of("\r\n\0.\r\n", Reply.NUL_CHARACTER),
                Arguments.of("\r\n.\0\r\n", Reply.NUL_CHARACTER),
                Arguments.of("\r\n.\r\0\n", Reply.BARE_CARRIAGE_RETURN),
                Arguments.of("\0", Reply.NUL_CHARACTER));
    }

    /** The ways that content can arrive in: whole, octet by octet, and cut at one place. */
    private static List<List<byte[]>> arrivals(byte[] content, int aroundFrom, int aroundTo) {
        List<List<byte[]>> arrivals = new ArrayList<>();
        arrivals.add(List.of(content));
        List<byte[]> octets = new ArrayList<>();
        for (byte octet : content) {
            octets.add(new byte[] {octet});
        }
        arrivals.add(octets);
        for (int cut = aroundFrom; cut <= aroundTo; cut++) {
            arrivals.add(List.of(Arrays.copyOf(content, cut), Arrays.copyOfRange(content, cut, content.length)));
        }
        return arrivals;
    }

    @ParameterizedTest
    @MethodSource("sequences")
    void refusesTheWholeMailOnceAndGoesOn(String sequence, Reply reply) throws Exception {
        String before = "Subject: first\r\n\r\nHello.";
        byte[] content = (before + sequence + SECOND + END).getBytes(ISO_8859_1);
        List<List<byte[]>> arrivals = arrivals(content, before.length() - 1, before.length() + sequence.length() + 1);
        try (SmtpDialogue smtp = server.connect(Organizations.STRANGER)) {
            for (List<byte[]> pieces : arrivals) {
                envelope(smtp);
                for (byte[] piece : pieces) {
                    smtp.sendRaw(piece);
                }
                smtp.expect(reply.toString());
            }
            smtp.send("NOOP").expect("250");
            assertThat(SmtpServerUnderTest.send(smtp, "a@x.test", "chris@contoso.com")
                            .code())
                    .isEqualTo(250);
        }

        assertThat(server.spooled()).isOne();
        assertThat(server.events().all().stream().filter(event -> event.type() == MailEvent.Type.REFUSED))
                .hasSize(arrivals.size())
                .allSatisfy(event -> {
                    assertThat(event.reply()).hasValue(reply.toString());
                    assertThat(event.recipients()).containsExactly("chris@contoso.com");
                    assertThat(event.reason().orElseThrow()).contains("octet");
                });
    }

    /** The answer to the content, and not one more, comes before that to the commands which were sent with it. */
    @ParameterizedTest
    @MethodSource("sequences")
    void refusesItWhereCommandsAreSentAtOnceToo(String sequence, Reply reply) throws Exception {
        try (SmtpDialogue smtp = server.connect(Organizations.STRANGER)) {
            smtp.sendRaw((ENVELOPE + "X" + sequence + ": first\r\n\r\nHello." + sequence + SECOND + END + "NOOP\r\n"
                            + ENVELOPE + "Subject: third\r\n\r\nHello." + END + "QUIT\r\n")
                    .getBytes(ISO_8859_1));

            for (String code : List.of("250", "250", "354", reply.toString(), "250", "250", "250", "354", "250")) {
                smtp.expect(code);
            }
            smtp.expect("221");
        }

        assertThat(server.spool())
                .singleElement()
                .satisfies(mail -> assertThat(mail.getMessage().getSubject()).isEqualTo("third"));
    }

    @ParameterizedTest
    @MethodSource("sequences")
    void staysInTheContentWhereItsTrueEndDoesNotCome(String sequence, Reply reply) throws Exception {
        try (SmtpDialogue smtp = server.connect(Organizations.STRANGER)) {
            envelope(smtp);
            smtp.sendRaw(("Subject: first\r\n\r\nHello." + sequence + SECOND + sequence).getBytes(ISO_8859_1));
            smtp.send("RSET").send("NOOP").send(".").expect(reply.toString());
            smtp.send("NOOP").expect("250");
        }

        assertThat(server.spooled()).isZero();
    }

    static Stream<Arguments> whole() {
        return Stream.of(
                Arguments.of("\r\n .\r\n", "\r\n .\r\n"),
                Arguments.of("\r\n..\r\n", "\r\n.\r\n"),
                Arguments.of("\r\n...\r\n", "\r\n..\r\n"),
                Arguments.of("\r\n.a\r\n", "\r\na\r\n"),
                Arguments.of("\r\n. \r\n", "\r\n \r\n"),
                Arguments.of(".\r\n", ".\r\n"),
                Arguments.of("\u0085.\u0085", "\u0085.\u0085"),
                Arguments.of("\f.\u000b", "\f.\u000b"));
    }

    /** What is no end of a mail, for nobody. */
    @ParameterizedTest
    @MethodSource("whole")
    void isOneMailWhereNothingIsHidden(String sent, String kept) throws Exception {
        byte[] content = ("Subject: first\r\n\r\nHello." + sent + SECOND + END).getBytes(ISO_8859_1);
        try (SmtpDialogue smtp = server.connect(Organizations.STRANGER)) {
            for (List<byte[]> pieces : arrivals(content, 0, -1)) {
                envelope(smtp);
                for (byte[] piece : pieces) {
                    smtp.sendRaw(piece);
                }
                smtp.expect("250");
            }
        }

        assertThat(server.spool()).hasSize(2).allSatisfy(mail -> assertThat(
                        new String(mail.getMessage().getInputStream().readAllBytes(), ISO_8859_1))
                .startsWith("Hello." + kept + "MAIL"));
    }

    @Test
    void knowsNoOtherWayToSendContent() throws Exception {
        try (SmtpDialogue smtp = server.connectSilently(Organizations.STRANGER)) {
            SmtpReply ehlo = smtp.send("EHLO client.example").read();
            assertThat(ehlo.text()).doesNotContain("CHUNKING").doesNotContain("BINARYMIME");
            smtp.send("MAIL FROM:<a@x.test>").expect("250");
            smtp.send("RCPT TO:<chris@contoso.com>").expect("250");

            smtp.send("BDAT 0 LAST").expect("500");
            smtp.sendRaw("BDAT 6 LAST\r\nNOOP\r\n".getBytes(ISO_8859_1))
                    .expect("500")
                    .expect("250");
        }

        assertThat(server.spooled()).isZero();
    }

    private static void envelope(SmtpDialogue smtp) throws IOException {
        smtp.send("MAIL FROM:<a@x.test>").expect("250");
        smtp.send("RCPT TO:<chris@contoso.com>").expect("250");
        smtp.send("DATA").expect("354");
    }
}
