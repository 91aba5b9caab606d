package org.mailflow.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.testing.peers.RequiresPeer;
import org.mailflow.testing.python.RawClient;
import org.mailflow.testing.python.RawOutcome;
import org.mailflow.testing.python.RawSession;
import org.mailflow.testing.smtp.ReceivedMail;
import org.mailflow.testing.smtp.SmtpDialogue;

/**
 * Whatever stands between the lines of a mail, it is one mail or it is refused (CVE-2023-51747 and its like): a second one that
 * somebody wrote into it is never carried out, by this server or by the next. In however many pieces it comes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SmtpSmugglingTest {

    private static final String RECIPIENT = "anyone@relay.contoso.com";
    private static final String SMUGGLED = "smuggled";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What some server, somewhere, has taken for the end of a mail. */
    private static final List<String> ENDS = List.of(
            "\n.\n",
            "\n.\r\n",
            "\r\n.\n",
            "\n.\r",
            "\r.\n",
            "\n\n.\n\n",
            "\r.\r",
            "\r.\r\n",
            "\r\n.\r",
            "\r\r\n.\r\r\n",
            "\r\n\0.\r\n",
            "\r\n.\0\r\n",
            "\r\n .\r\n",
            "\r\n..\r\n",
            "\r\n. \r\n",
            "\r\n.\t\r\n",
            "\n\r.\n\r",
            "\r\n.\n\r",
            "\n\r\n.\n\r\n",
            "\r\n.\r\r\n",
            "\r\n\r.\r\n",
            "\u0085.\u0085",
            "\r\n\u000b.\r\n",
            "\r\n.\u000c\r\n");

    /** How a mail is put on the wire. */
    private enum Pieces {
        WHOLE,
        BYTE_BY_BYTE,
        /** With MAIL, RCPT and DATA before it, in one write. */
        PIPELINED,
        /** Cut before, within and behind the sequence, with a pause at each cut. */
        CUT_AT_EVERY_BOUNDARY,
        /** All before the last byte of the sequence, and the rest. */
        CUT_BEFORE_ITS_LAST_BYTE,
        /** In TLS, where records have boundaries of their own. */
        IN_TLS
    }

    private record Case(String end, Pieces pieces, String mark) {

        String content() {
            return "Subject: " + mark + "\r\n\r\nfirst" + end + second() + "\r\n.\r\n";
        }

        private String second() {
            return "MAIL FROM:<" + SMUGGLED + "@contoso.com>\r\nRCPT TO:<" + RECIPIENT + ">\r\nDATA\r\nSubject: "
                    + SMUGGLED + "-" + mark + "\r\n\r\nsecond";
        }

        private int start() {
            return content().indexOf("first") + "first".length();
        }

        int[] boundaries() {
            return IntStream.rangeClosed(start(), start() + end.length()).toArray();
        }

        @Override
        public String toString() {
            return readable(end) + ", " + pieces;
        }
    }

    private final List<Case> cases = new ArrayList<>();
    private FrontDoorServer door;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        door = new FrontDoorServer(directory);
        for (String end : ENDS) {
            for (Pieces pieces : Pieces.values()) {
                cases.add(new Case(end, pieces, "case-" + cases.size() + "-"));
            }
        }
        assertThat(cases).hasSizeGreaterThanOrEqualTo(120);
    }

    @AfterAll
    void stop() throws Exception {
        door.close();
    }

    @Test
    @RequiresPeer("python3")
    void neverTwoMailsFromPython() throws Exception {
        List<RawOutcome> outcomes;
        try (RawClient client = RawClient.start()) {
            outcomes = client.runAll(cases.stream().map(this::session).toList());
        }
        Map<Case, List<String>> answers = new LinkedHashMap<>();
        for (int i = 0; i < cases.size(); i++) {
            List<String> replies = outcomes.get(i).replies();
            answers.put(cases.get(i), replies.subList(replies.indexOf(given354(replies)) + 1, replies.size()));
        }
        assertNeverTwo(answers);
    }

    /** The same once more with a client that is as like a real one as can be, for what can be said with it. */
    @Test
    void neverTwoMailsFromJava() throws Exception {
        Map<Case, List<String>> answers = new LinkedHashMap<>();
        for (Case one : cases) {
            if (one.pieces() == Pieces.WHOLE) {
                Case again = new Case(one.end(), one.pieces(), "java-" + answers.size() + "-");
                answers.put(again, send(again));
            }
        }
        assertNeverTwo(answers);
    }

    /** Not even one mail, then: it is refused as Exchange Online refuses it. */
    @Test
    @RequiresPeer("python3")
    void bareCrAndLfAndNulAreRefused() throws Exception {
        List<Case> bare = cases.stream()
                .filter(one -> one.end().replace("\r\n", "").matches("(?s).*[\r\n\0].*"))
                .map(one ->
                        new Case(one.end(), one.pieces(), "bare-" + one.mark().substring("case-".length())))
                .toList();
        List<RawOutcome> outcomes;
        try (RawClient client = RawClient.start()) {
            outcomes = client.runAll(bare.stream().map(this::session).toList());
        }

        SoftAssertions softly = new SoftAssertions();
        for (int i = 0; i < bare.size(); i++) {
            softly.assertThat(outcomes.get(i).replies()).as("%s", bare.get(i)).anySatisfy(reply -> assertThat(reply)
                    .startsWith("550 5.6.11"));
        }
        softly.assertAll();
    }

    /** BDAT has no dot to smuggle with; it is not offered, and not taken. */
    @Test
    @RequiresPeer("python3")
    void thereIsNoBdat() throws Exception {
        try (RawClient client = RawClient.start()) {
            RawOutcome outcome = client.run(door.raw(Contoso.STRANGER)
                    .say("MAIL FROM:<a@x.test>")
                    .say("RCPT TO:<" + RECIPIENT + ">")
                    .say("BDAT 4 LAST")
                    .drain(Duration.ofMillis(500)));

            assertThat(outcome.replies().get(1)).doesNotContain("CHUNKING", "BINARYMIME");
            assertThat(outcome.last()).startsWith("50");
        }
    }

    private static String given354(List<String> replies) {
        return replies.stream()
                .filter(reply -> reply.startsWith("354"))
                .findFirst()
                .orElse("");
    }

    private RawSession session(Case one) {
        RawSession session = door.raw(Contoso.STRANGER);
        if (one.pieces() == Pieces.IN_TLS) {
            session.startTls().say("EHLO client.test");
        }
        String envelope = "MAIL FROM:<a@x.test>\r\nRCPT TO:<" + RECIPIENT + ">\r\nDATA\r\n";
        String content = one.content() + "QUIT\r\n";
        if (one.pieces() == Pieces.PIPELINED) {
            return session.send(envelope + content).drain();
        }
        session.send(envelope).read(3);
        Duration pause = Duration.ofMillis(20);
        int[] boundaries = one.boundaries();
        return switch (one.pieces()) {
            case BYTE_BY_BYTE -> session.sendByteByByte(content).drain();
            case CUT_AT_EVERY_BOUNDARY ->
                session.send(content, pause, boundaries).drain();
            case CUT_BEFORE_ITS_LAST_BYTE ->
                session.send(content, pause, boundaries[boundaries.length - 2]).drain();
            case WHOLE, PIPELINED, IN_TLS -> session.send(content).drain();
        };
    }

    private List<String> send(Case one) throws IOException {
        List<String> replies = new ArrayList<>();
        try (SmtpDialogue smtp = door.server().connect(Contoso.STRANGER)) {
            smtp.send("MAIL FROM:<a@x.test>").expect("250");
            smtp.send("RCPT TO:<" + RECIPIENT + ">").expect("250");
            smtp.send("DATA").expect("354");
            smtp.sendRaw((one.content() + "QUIT\r\n").getBytes(StandardCharsets.ISO_8859_1));
            while (true) {
                replies.add(smtp.read().text());
            }
        } catch (AssertionError | IOException closed) {
            return replies;
        }
    }

    private void assertNeverTwo(Map<Case, List<String>> answers) {
        SoftAssertions softly = new SoftAssertions();
        answers.forEach((one, replies) -> softly.assertThat(replies)
                .as("%s is answered once, and then QUIT: %s", one, replies)
                .satisfies(SmtpSmugglingTest::isOneAnswer));
        softly.assertAll();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(answers.keySet().stream().filter(one -> isAccepted(answers, one)))
                        .allSatisfy(one -> assertThat(copies(one)).as("%s", one).hasSize(1)));
        answers.forEach((one, replies) -> softly.assertThat(copies(one))
                .as("%s, answered %s", one, replies)
                .hasSize(isAccepted(answers, one) ? 1 : 0)
                .allSatisfy(mail -> assertThat(mail.content().text()).contains("Subject: " + SMUGGLED)));
        softly.assertThat(door.world().transactions())
                .allSatisfy(mail -> assertThat(mail.sender().address()).isEqualTo("a@x.test"));
        softly.assertAll();
    }

    /** The mail is accepted or refused; nothing that stands in it is answered; QUIT is, where the connection was not cut. */
    private static void isOneAnswer(List<? extends String> replies) {
        assertThat(replies).hasSizeLessThanOrEqualTo(2);
        assertThat(replies.stream().limit(1))
                .allSatisfy(reply -> assertThat(reply).matches("(?s)(250|4\\d\\d|5\\d\\d)[ -].*"));
        assertThat(replies.stream().skip(1))
                .allSatisfy(reply -> assertThat(reply).startsWith("221"));
    }

    private static boolean isAccepted(Map<Case, List<String>> answers, Case one) {
        return answers.getOrDefault(one, List.of()).stream().limit(1).anyMatch(reply -> reply.startsWith("250"));
    }

    /** What came of it to the next server, as whichever of the two mails. */
    private List<ReceivedMail> copies(Case one) {
        return door.world().transactions().stream()
                .filter(mail -> mail.content().text().contains(one.mark()))
                .toList();
    }

    private static String readable(String text) {
        return Stream.of(text.split(""))
                .map(c -> c.charAt(0) < ' ' || c.charAt(0) > '~' ? String.format("<%02x>", (int) c.charAt(0)) : c)
                .reduce("", String::concat);
    }
}
