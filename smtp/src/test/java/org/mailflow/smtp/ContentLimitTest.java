package org.mailflow.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailflow.core.decision.Reply;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.model.MimeLimits;
import org.mailflow.core.model.Premises;
import org.mailflow.core.model.SessionLimits;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.smtp.SmtpReply;

/** Mail that is larger, or built otherwise, than is allowed is refused in the session. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContentLimitTest {

    /** What of core's replies is tested here. */
    static final List<String> REPLIES = List.of(
            "MIME_TOO_DEEP",
            "MIME_TOO_MANY_PARTS",
            "BOUNDARY_TOO_LONG",
            "LINE_TOO_LONG",
            "TOO_MANY_HEADER_FIELDS",
            "HEADER_TOO_LARGE",
            "MESSAGE_TOO_LARGE",
            "TOO_LARGE_FOR_ROUTE");

    private static final int LARGEST = 1_000_000;
    private static final MimeLimits LIMITS = new MimeLimits(LARGEST, 256 * 1_024, 10_000, 4_000, 2_048, 100, 10_000);
    private static final int CLIENTS = 100;

    private SmtpServerUnderTest server;

    @BeforeAll
    void start() throws Exception {
        server = server(SessionLimits.DEFAULT).start();
    }

    private static SmtpServerUnderTest.Builder server(SessionLimits sessions) {
        return SmtpServerUnderTest.builder(
                Organizations.limited(Premises.ON_PREMISES, sessions, LIMITS), Certificates.SERVER);
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

    static Stream<Arguments> tooMuch() {
        return Stream.of(
                Arguments.of(nested(2_000), Reply.MIME_TOO_DEEP, "maxMimeDepth 100"),
                Arguments.of(nested(20_000), Reply.MIME_TOO_DEEP, "maxMimeDepth 100"),
                Arguments.of(
                        "Content-Type: message/rfc822\r\n\r\n".repeat(2_000), Reply.MIME_TOO_DEEP, "maxMimeDepth 100"),
                Arguments.of(
                        "Content-Type: multipart/mixed; boundary=x\r\n\r\n" + "--x\r\n\r\na\r\n".repeat(10_001)
                                + "--x--\r\n",
                        Reply.MIME_TOO_MANY_PARTS,
                        "maxMimeParts 10000"),
                Arguments.of(
                        "Content-Type: multipart/mixed;\r\n boundary=" + "b".repeat(2_049) + "\r\n\r\n",
                        Reply.BOUNDARY_TOO_LONG,
                        "maxBoundaryLength 2048"),
                Arguments.of(
                        "Content-Type: multipart/mixed; boundary=\"" + ("b".repeat(997) + "\r\n ").repeat(200)
                                + "\"\r\n\r\n",
                        Reply.BOUNDARY_TOO_LONG,
                        "maxBoundaryLength 2048"),
                Arguments.of("\r\n" + "a".repeat(4_001) + "\r\n", Reply.LINE_TOO_LONG, "maxLineLength 4000"),
                Arguments.of("a: b\r\n".repeat(10_001), Reply.TOO_MANY_HEADER_FIELDS, "maxHeaderFields 10000"),
                Arguments.of(
                        "To: " + ("a".repeat(900) + ",\r\n ").repeat(300) + "\r\n",
                        Reply.HEADER_TOO_LARGE,
                        "maxHeaderSize 262144"),
                Arguments.of(
                        "\r\n" + ("a".repeat(998) + "\r\n").repeat(LARGEST / 1_000),
                        Reply.MESSAGE_TOO_LARGE,
                        LARGEST + " of a mail"));
    }

    @Test
    void refusesARecipientWhoseConnectorsAreAllForSmallerMailAsSoonAsTheClientSaysTheSize() throws Exception {
        try (SmtpDialogue smtp = server.connect(Organizations.PRINTER)) {
            smtp.send("MAIL FROM:<chris@contoso.com> SIZE=" + (Organizations.SMALL + 1))
                    .expect("250");
            smtp.send("RCPT TO:<bob@" + Organizations.SMALL_MAIL + ">").expect(Reply.TOO_LARGE_FOR_ROUTE.toString());
            smtp.send("RCPT TO:<erin@cpandl.com>").expect("250");
            smtp.send("RSET").expect("250");
            smtp.send("MAIL FROM:<chris@contoso.com> SIZE=" + Organizations.SMALL)
                    .expect("250");
            smtp.send("RCPT TO:<bob@" + Organizations.SMALL_MAIL + ">").expect("250");
        }

        assertThat(server.events().all()).singleElement().satisfies(event -> {
            assertThat(event.recipients()).containsExactly("bob@" + Organizations.SMALL_MAIL);
            assertThat(event.reason().orElse("")).contains("maxMessageSize");
        });
    }

    @ParameterizedTest
    @MethodSource("tooMuch")
    void refusesItAtItsEndAndSaysSoInItsEvents(String content, Reply reply, String reason) throws Exception {
        try (SmtpDialogue smtp = server.connect(Organizations.STRANGER)) {
            assertThat(send(smtp, content).text()).isEqualTo(reply.toString());
            smtp.send("NOOP").expect("250");
        }

        assertThat(server.spooled()).isZero();
        assertThat(server.events().all()).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo(MailEvent.Type.REFUSED);
            assertThat(event.reply()).hasValue(reply.toString());
            assertThat(event.reason().orElseThrow()).contains(reason);
        });
    }

    static Stream<String> enough() {
        return Stream.of(
                nested(60),
                "Content-Type: multipart/mixed;\r\n boundary=" + "b".repeat(2_048) + "\r\n\r\n",
                "\r\n" + "a".repeat(4_000) + "\r\n",
                "a: b\r\n".repeat(9_998) + "\r\n",
                "To: " + ("a".repeat(900) + ",\r\n ").repeat(280) + "\r\n",
                "\r\n" + ("a".repeat(998) + "\r\n").repeat(LARGEST / 1_000 - 1));
    }

    @Test
    void measuresEachMailOfASessionAnew() throws Exception {
        List<String> contents = enough().toList();
        try (SmtpDialogue smtp = server.connect(Organizations.STRANGER)) {
            for (String content : contents) {
                assertThat(send(smtp, content).code()).isEqualTo(250);
                assertThat(send(smtp, nested(101)).code()).isEqualTo(554);
            }
        }

        assertThat(server.spooled()).isEqualTo(contents.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000001", "3000000000", "99999999999999999999"})
    void refusesAtMailWhatSaysItIsTooLarge(String size) throws Exception {
        try (SmtpDialogue smtp = server.connectSilently(Organizations.STRANGER)) {
            assertThat(smtp.send("EHLO client.example").read().text()).contains("SIZE " + LARGEST);

            smtp.send("MAIL FROM:<a@x.test> SIZE=" + size).expect(Reply.MESSAGE_TOO_LARGE.toString());
            smtp.send("RCPT TO:<chris@contoso.com>").expect("503");
            smtp.send("MAIL FROM:<a@x.test> SIZE=" + LARGEST).expect("250");
        }

        assertThat(server.events().all()).singleElement().satisfies(event -> assertThat(event.reply())
                .hasValue(Reply.MESSAGE_TOO_LARGE.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1k", "0x10", "999999999999999999999"})
    void refusesASizeThatIsNone(String size) throws Exception {
        try (SmtpDialogue smtp = server.connect(Organizations.STRANGER)) {
            smtp.send("MAIL FROM:<a@x.test> SIZE=" + size).expect("501 5.5.4");
        }
    }

    @Test
    void aListenersOwnSizeGoesBeforeThatOfAll() throws Exception {
        try (SmtpServerUnderTest small = server(SessionLimits.DEFAULT)
                        .with("maxmessagesize", "10K")
                        .start();
                SmtpDialogue smtp = small.connectSilently(Organizations.STRANGER)) {
            assertThat(smtp.send("EHLO client.example").read().text()).contains("SIZE 10240");
            smtp.send("MAIL FROM:<a@x.test> SIZE=10241").expect("552 5.3.4");

            assertThat(send(smtp, "\r\n" + ("a".repeat(98) + "\r\n").repeat(103))
                            .code())
                    .isEqualTo(552);
            assertThat(send(smtp, "\r\n" + ("a".repeat(98) + "\r\n").repeat(100))
                            .code())
                    .isEqualTo(250);
        }
    }

    @Test
    void keepsNothingOfContentThatDoesNotEnd() throws Exception {
        byte[] line = ("a".repeat(998) + "\r\n").repeat(1_000).getBytes(StandardCharsets.US_ASCII);
        try (SmtpDialogue smtp = server.connect(Organizations.STRANGER)) {
            envelope(smtp);
            for (int i = 0; i < 50; i++) {
                smtp.sendRaw(line);
            }
            smtp.send(".").expect("552 5.3.4");
        }

        assertThat(server.spooled()).isZero();
    }

    /** However slowly it comes: a session lasts as long as it may, and not longer. */
    @Test
    void cutsAClientOffThatSendsDropByDrop() throws Exception {
        SessionLimits brief = new SessionLimits(100, 3, 2, 5, Duration.ofSeconds(1));
        try (SmtpServerUnderTest slow = server(brief).start();
                SmtpDialogue smtp = slow.connect(Organizations.STRANGER)) {
            envelope(smtp);

            await().pollInterval(Duration.ofMillis(100))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> isCutOff(smtp));

            smtp.expect("421 4.4.1 Connection timed out").expectClosed();
            assertThat(slow.spooled()).isZero();
        }
    }

    private static boolean isCutOff(SmtpDialogue smtp) throws IOException {
        if (smtp.hasReply()) {
            return true;
        }
        smtp.send("a");
        return false;
    }

    @Test
    void survivesAHundredAtOnceAndKeepsNoThreadForAny() throws Exception {
        String content = nested(2_000);
        refuseInParallel(content);
        int before = Thread.activeCount();

        refuseInParallel(content);

        // The pools of a server may grow by one or two; a thread for each refused mail would be a hundred.
        await().untilAsserted(() -> assertThat(Thread.activeCount()).isLessThan(before + CLIENTS / 10));
        try (SmtpDialogue smtp = server.connect(Organizations.STRANGER)) {
            assertThat(send(smtp, nested(60)).code()).isEqualTo(250);
        }
        assertThat(server.spooled()).isOne();
    }

    private void refuseInParallel(String content) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<Integer>> replies = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                replies.add(clients.submit(() -> {
                    try (SmtpDialogue smtp = server.connect(Organizations.STRANGER)) {
                        return send(smtp, content).code();
                    }
                }));
            }
            for (Future<Integer> reply : replies) {
                assertThat(reply.get()).isEqualTo(554);
            }
        } finally {
            clients.shutdownNow();
        }
        await().until(clients::isTerminated);
    }

    private static void envelope(SmtpDialogue smtp) throws IOException {
        smtp.send("MAIL FROM:<erin@cpandl.com>").expect("250");
        smtp.send("RCPT TO:<chris@contoso.com>").expect("250");
        smtp.send("DATA").expect("354");
    }

    private static SmtpReply send(SmtpDialogue smtp, String content) throws IOException {
        return smtp.sendMail(
                "erin@cpandl.com",
                List.of("chris@contoso.com"),
                ("Subject: parts\r\n" + content).getBytes(StandardCharsets.US_ASCII));
    }

    private static String nested(int depth) {
        return IntStream.range(0, depth)
                .mapToObj(i -> "Content-Type: multipart/mixed; boundary=b" + i + "\r\n\r\n--b" + i + "\r\n")
                .collect(Collectors.joining("", "", "\r\nHello.\r\n"));
    }
}
