package org.mailflow.core.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailflow.core.decision.Reply;
import org.mailflow.core.mime.ContentScan.Refusal;
import org.mailflow.core.model.MimeLimits;

/** What a mail's content ends with, and what is refused in it. */
class ContentScanTest {

    private static final MimeLimits LIMITS = new MimeLimits(1_000, 300, 10, 100, 70, 3, 20);
    private static final String END = "\r\n.\r\n";

    /** Sequences that servers read differently: each could end a mail for one and not for the other. */
    static Stream<Arguments> hidden() {
        return Stream.of(
                Arguments.of("\n.\n", Reply.BARE_LINE_FEED),
                Arguments.of("\n.\r\n", Reply.BARE_LINE_FEED),
                Arguments.of("\r\n.\n", Reply.BARE_LINE_FEED),
                Arguments.of("\n\n.\n\n", Reply.BARE_LINE_FEED),
                Arguments.of("\n", Reply.BARE_LINE_FEED),
                Arguments.of("\n.\r", Reply.BARE_LINE_FEED),
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

    @ParameterizedTest
    @MethodSource("hidden")
    void refusesWhatASecondMailCouldBeHiddenBehindAndGoesOnToTheTrueEnd(String sequence, Reply reply) {
        for (String content : new String[] {
            "Subject: x\r\n\r\nHello." + sequence + "MAIL FROM:<b@x.test>" + END,
            "Subject: x" + sequence + "To: y\r\n\r\nHello." + END
        }) {
            ContentScan scan = scan(content);

            assertThat(scan.refusal()).map(Refusal::reply).contains(reply);
            assertThat(scan.isOver()).isTrue();
            assertThat(scan(content.substring(0, content.length() - 1)).isOver())
                    .as("all but the last octet of %s", content)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Subject: x\r\n\r\nHello.\r\n.\r\n",
                ".\r\n",
                "\r\n.\r\n",
                "Subject: x\r\n\r\n..\r\n..b\r\n .\r\n. \r\n.a\r\n.\r\n",
                "Subject: \u00fc\u0001\u007f\t\r\n\r\n\u00a0\f.\r\n.\r\n"
            })
    void takesWhatHasNothingOfThat(String content) {
        ContentScan scan = scan(content);

        assertThat(scan.refusal()).isEmpty();
        assertThat(scan.isOver()).isTrue();
        assertThat(scan(content.substring(0, content.length() - 1)).isOver()).isFalse();
    }

    /** As a line is read that SMTP put a dot before; a client that forgot to double one has lost it. */
    @ParameterizedTest
    @CsvSource({"..a, ..a", ".a, a", "'. a', ' a'", "a., a.", ".., ..", ". , .", "'', ''"})
    void takesADotAwayThatJamesWouldLeave(String line, String handedOn) {
        byte[] octets = (line + "\r\n").getBytes(ISO_8859_1);

        assertThat(new String(scan("").unstuffed(octets), ISO_8859_1)).isEqualTo(handedOn + "\r\n");
        assertThat(scan("x").unstuffed(octets)).isEqualTo(octets);
    }

    @Test
    void countsAPartBehindADotAsTheNextReaderDoes() {
        String part = ".--b\r\n\r\n";
        String content = "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + part.repeat(21) + ".\r\n";

        assertThat(scan(content).refusal()).map(Refusal::reply).contains(Reply.MIME_TOO_MANY_PARTS);
        assertThat(scan(content.replace(".-", "..-")).refusal()).isEmpty();
    }

    @Test
    void saysWhatWasFoundAndWhere() {
        ContentScan scan = scan("Subject: x\r\n\r\na\nb" + END);

        assertThat(scan.refusal().orElseThrow().reason()).hasToString("the content has an LF without CR at octet 16");
    }

    @Test
    void findsTheSameInPiecesOfAnySize() {
        Random random = new Random(4);
        byte[] alphabet = "\r\n.\0 a:\r\n.-\r\n".getBytes(ISO_8859_1);
        for (int mail = 0; mail < 20_000; mail++) {
            byte[] content = new byte[random.nextInt(40)];
            for (int i = 0; i < content.length; i++) {
                content[i] = alphabet[random.nextInt(alphabet.length)];
            }
            ContentScan whole = new ContentScan(LIMITS);
            whole.next(content);
            ContentScan single = new ContentScan(LIMITS);
            for (byte octet : content) {
                single.next(new byte[] {octet});
            }
            int cut = content.length == 0 ? 0 : random.nextInt(content.length);
            ContentScan halves = new ContentScan(LIMITS);
            halves.next(Arrays.copyOf(content, cut));
            halves.next(Arrays.copyOfRange(content, cut, content.length));

            assertThat(single.refusal()).isEqualTo(whole.refusal());
            assertThat(halves.refusal()).isEqualTo(whole.refusal());
            assertThat(single.isOver()).isEqualTo(whole.isOver());
            assertThat(halves.isOver()).isEqualTo(whole.isOver());
            String text = new String(content, ISO_8859_1);
            assertThat(whole.isOver()).isEqualTo(text.startsWith(".\r\n") || text.contains(END));
        }
    }

    static Stream<Arguments> sizes() {
        return Stream.of(
                Arguments.of("\r\n" + "a".repeat(100) + "\r\n", null),
                Arguments.of("\r\n" + "a".repeat(101) + "\r\n", Reply.LINE_TOO_LONG),
                Arguments.of("\r\n" + "a".repeat(70_000), Reply.LINE_TOO_LONG),
                Arguments.of("\r\n." + ".".repeat(100) + "\r\n", null),
                Arguments.of("\r\n" + (".." + "a".repeat(97) + "\r\n").repeat(9) + "a".repeat(96) + "\r\n", null),
                Arguments.of(
                        "\r\n" + (".." + "a".repeat(97) + "\r\n").repeat(9) + "a".repeat(97) + "\r\n",
                        Reply.MESSAGE_TOO_LARGE),
                Arguments.of("a: b\r\n".repeat(10) + "\r\n" + "a: b\r\n".repeat(20), null),
                Arguments.of("a:\r\n b\r\n\tc\r\n".repeat(10) + "\r\n", null),
                Arguments.of("a: b\r\n".repeat(11) + "\r\n", Reply.TOO_MANY_HEADER_FIELDS),
                Arguments.of("a: " + ("b".repeat(57) + "\r\n ").repeat(4) + "b".repeat(55) + "\r\n\r\n", null),
                Arguments.of(
                        "a: " + ("b".repeat(57) + "\r\n ").repeat(4) + "b".repeat(56) + "\r\n\r\n",
                        Reply.HEADER_TOO_LARGE),
                Arguments.of("a:\r\n b\r\n" + " \r\n".repeat(120), Reply.HEADER_TOO_LARGE),
                Arguments.of(type("multipart/mixed; boundary=", 70), null),
                Arguments.of(type("multipart/mixed; boundary=", 71), Reply.BOUNDARY_TOO_LONG),
                Arguments.of(type("multipart/mixed (c); boundary*0=", 71), Reply.BOUNDARY_TOO_LONG),
                Arguments.of(type("text/plain; boundary=", 71), null),
                Arguments.of(nested(3), null),
                Arguments.of(nested(4), Reply.MIME_TOO_DEEP));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void refusesWhatIsLargerOrBuiltOtherwiseThanIsAllowed(String content, Reply reply) {
        ContentScan scan = scan(content + (content.endsWith("\r\n") ? ".\r\n" : END));

        assertThat(scan.refusal().map(Refusal::reply)).isEqualTo(Optional.ofNullable(reply));
        assertThat(scan.isOver()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false"})
    void aLineThatWasThrownAwayRefusesTheMailAndMayEndInNoLineEnd(boolean crLf, boolean over) {
        ContentScan scan = scan("Subject: x\r\n\r\n");

        scan.skipLine(crLf);
        scan.next(".\r\n".getBytes(ISO_8859_1));

        assertThat(scan.refusal()).map(Refusal::reply).contains(Reply.LINE_TOO_LONG);
        assertThat(scan.isOver()).isEqualTo(over);
    }

    private static String type(String begin, int boundary) {
        return "Content-Type: " + begin.replace("; ", ";\r\n ") + "b".repeat(boundary) + "\r\n\r\n";
    }

    private static String nested(int depth) {
        StringBuilder content = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            content.append("Content-Type: multipart/mixed; boundary=b" + i + "\r\n\r\n--b" + i + "\r\n");
        }
        return content.toString();
    }

    private static ContentScan scan(String content) {
        ContentScan scan = new ContentScan(LIMITS);
        scan.next(content.getBytes(ISO_8859_1));
        return scan;
    }
}
