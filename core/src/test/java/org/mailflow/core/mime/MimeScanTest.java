package org.mailflow.core.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailflow.core.decision.Reply;
import org.mailflow.core.model.MimeLimits;

class MimeScanTest {

    private static final MimeLimits UNLIMITED = new MimeLimits(1_000_000, 1_000_000);

    @Test
    void aMailOfOnePartHasNoDepth() {
        MimeScan scan =
                scan("Subject: x", "Content-Type: text/plain; boundary=x", "", "--x", "Content-Type: multipart/mixed");

        assertThat(scan.depth()).isZero();
        assertThat(scan.parts()).isEqualTo(1);
    }

    @Test
    void countsPartsAndDepthOfAnOrdinaryMail() {
        MimeScan scan = scan(
                "Content-Type: multipart/mixed;",
                "\tboundary=\"outer\"",
                "",
                "preamble",
                "--outer",
                "Content-Type: multipart/alternative; boundary=inner",
                "",
                "--inner",
                "",
                "text",
                "--inner",
                "Content-Type: text/html",
                "",
                "<p>",
                "--inner--",
                "--outer",
                "Content-Type: application/pdf",
                "",
                "JVBERi0",
                "--outer--",
                "epilogue");

        assertThat(scan.depth()).isEqualTo(2);
        assertThat(scan.parts()).isEqualTo(5);
        assertThat(scan.refusal()).isEmpty();
    }

    @Test
    void partsBesideEachOtherAreNoDepth() {
        String parts = IntStream.range(0, 200)
                .mapToObj(i -> "--o\r\nContent-Type: multipart/alternative; boundary=i" + i + "\r\n\r\n--i" + i
                        + "\r\n\r\nx\r\n--i" + i + "--\r\n")
                .collect(Collectors.joining());

        MimeScan scan = scan("Content-Type: multipart/mixed; boundary=o", "", parts + "--o--");

        assertThat(scan.depth()).isEqualTo(2);
        assertThat(scan.parts()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 101, 2_000, 100_000})
    void refusesWhatIsNestedTooDeeply(int depth) {
        MimeScan scan = new MimeScan(MimeLimits.DEFAULT);

        scan.next(nested(depth));

        assertThat(scan.refusal().filter(Reply.MIME_TOO_DEEP::equals).isPresent())
                .isEqualTo(depth > 100);
    }

    @Test
    void refusesMessagesInMessages() {
        MimeScan scan = new MimeScan(MimeLimits.DEFAULT);

        scan.next("Content-Type: message/rfc822\r\n\r\n".repeat(2_000).getBytes(StandardCharsets.US_ASCII));

        assertThat(scan.refusal()).contains(Reply.MIME_TOO_DEEP);
    }

    @Test
    void refusesTooManyParts() {
        MimeScan scan = new MimeScan(MimeLimits.DEFAULT);

        scan.next(("Content-Type: multipart/mixed; boundary=x\r\n\r\n" + "--x\r\n\r\na\r\n".repeat(10_000))
                .getBytes(StandardCharsets.US_ASCII));

        assertThat(scan.refusal()).contains(Reply.MIME_TOO_MANY_PARTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"----=_boundary_%s\"", "boundary-%s", "\"boundary=%s\"", "\"%s; name=boundary\""})
    void theWordBoundaryInABoundaryIsNoSecondOne(String written) {
        String outer = written.formatted("o").replace("\"", "");
        String parts = IntStream.range(0, 150)
                .mapToObj(
                        i -> "--" + outer + "\r\nContent-Type: multipart/alternative; boundary=" + written.formatted(i)
                                + "\r\n\r\n-- \r\n--" + written.formatted(i).replace("\"", "") + "\r\n\r\ntext\r\n")
                .collect(Collectors.joining());

        MimeScan scan = scan(
                "Content-Type: multipart/mixed; boundary=" + written.formatted("o"), "", parts + "--" + outer + "--");

        assertThat(scan.depth()).isEqualTo(2);
        assertThat(scan.refusal()).isEmpty();
    }

    /** Every way to hide a boundary from one program and show it to another. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: multipart/mixed; boundary=B",
                "content-type : multipart/mixed; boundary=\"B\"",
                "CONTENT-TYPE: Multipart/Mixed; charset=x; Boundary=B; y=z",
                "Content-Type: multipart/mixed; boundary*=us-ascii''B",
                "Content-Type: multipart/mixed; boundary*0=\"B\"",
                "Content-Type: multipart/mixed; boundary=other; boundary=B",
                "Content-Type: multipart/mixed",
                "Content-Type: multipart/mixed; boundary=B(comment)",
                "Content-Type: (comment) multipart (\\) c) / mixed; boundary=B",
                "Content-Type: multipart/mixed; boundary=\"\\B\"",
                "Content-Type: multipart/mixed; boundary=\"B \"",
                "Content-Type: multipart/mixed boundary=B",
                "Content-Type: multipart/mixed boundary=other; boundary=B",
                "Content-Type: multipart/mixed; name=\"; boundary=other\"; boundary=B",
                "Content-Type: multipart;boundary=B",
                "Content-Type: text/plain\r\nContent-Type: multipart/mixed; boundary=B",
                "Content-Type: multipart/mixed; boundary=B\r\nContent-Type: text/plain",
                "Content-Type: message/rfc822\r\nContent-Type: multipart/mixed; boundary=B",
                "Content-Type:\r\n multipart/mixed;\r\n boundary=B",
                "not a header field\r\nContent-Type: multipart/mixed; boundary=B"
            })
    void seesEveryWayToNameABoundary(String header) {
        String level = header + "\r\n\r\n--B\r\n";
        String levels = IntStream.range(0, 150)
                .mapToObj(i -> level.replace("B", "B" + i + "."))
                .collect(Collectors.joining());
        MimeScan scan = new MimeScan(MimeLimits.DEFAULT);

        scan.next(levels.getBytes(StandardCharsets.US_ASCII));

        assertThat(scan.refusal()).contains(Reply.MIME_TOO_DEEP);
    }

    @Test
    void aTypeBehindALongLineCountsAsNested() {
        String level = "Content-Type: " + " ".repeat(5_000) + "multipart/mixed; boundary=B\r\n\r\n--B\r\n";
        MimeScan scan = new MimeScan(MimeLimits.DEFAULT);

        scan.next(level.repeat(150).getBytes(StandardCharsets.US_ASCII));

        assertThat(scan.refusal()).contains(Reply.MIME_TOO_DEEP);
    }

    @Test
    void aLineThatOnlyBeginsLikeADelimiterClosesNothing() {
        String levels = IntStream.range(0, 150)
                .mapToObj(i -> "Content-Type: multipart/mixed; boundary=in" + i + ".\r\n\r\n--in" + i
                        + ".\r\nContent-Type: text/plain\r\n\r\n--outer-but-longer\r\n")
                .collect(Collectors.joining());
        MimeScan scan = new MimeScan(MimeLimits.DEFAULT);

        scan.next(("Content-Type: multipart/mixed; boundary=outer\r\n\r\n--outer\r\n" + levels)
                .getBytes(StandardCharsets.US_ASCII));

        assertThat(scan.refusal()).contains(Reply.MIME_TOO_DEEP);
    }

    @Test
    void aDelimiterInAHeaderClosesNothing() {
        String levels = IntStream.range(0, 150)
                .mapToObj(i ->
                        "Content-Type: multipart/mixed; boundary=in" + i + ".\r\n--outer\r\n\r\n--in" + i + ".\r\n")
                .collect(Collectors.joining());
        MimeScan scan = new MimeScan(MimeLimits.DEFAULT);

        scan.next(("Content-Type: multipart/mixed; boundary=outer\r\n\r\n--outer\r\n" + levels)
                .getBytes(StandardCharsets.US_ASCII));

        assertThat(scan.refusal()).contains(Reply.MIME_TOO_DEEP);
    }

    @Test
    void anOuterPartWithTheBoundaryOfAnInnerOneGoesOnAfterIt() {
        MimeScan scan = scan(
                "Content-Type: multipart/mixed; boundary=x",
                "",
                "--x",
                "Content-Type: multipart/mixed; boundary=x",
                "",
                "--x",
                "",
                "--x--",
                "--x",
                "Content-Type: multipart/mixed; boundary=y",
                "",
                "--y",
                "Content-Type: multipart/mixed; boundary=z",
                "");

        assertThat(scan.depth()).isEqualTo(3);
    }

    @Test
    void partsOfADigestAreMessages() {
        MimeScan scan = scan(
                "Content-Type: multipart/digest; boundary=x",
                "",
                "--x",
                "",
                "Content-Type: multipart/mixed; boundary=y",
                "",
                "--y");

        assertThat(scan.depth()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n", "\r"})
    void everyLineEndEndsALine(String end) {
        MimeScan scan = new MimeScan(UNLIMITED);

        scan.next(String.join(end, "Content-Type: multipart/mixed; boundary=x", "", "--x", "", "a", "--x--", "")
                .getBytes(StandardCharsets.US_ASCII));

        assertThat(scan.depth()).isEqualTo(1);
        assertThat(scan.parts()).isEqualTo(2);
    }

    @Test
    void itDoesNotMatterWhereTheBytesAreCut() {
        byte[] mail = nested(20);
        MimeScan whole = new MimeScan(UNLIMITED);
        MimeScan cut = new MimeScan(UNLIMITED);

        whole.next(mail);
        for (byte octet : mail) {
            cut.next(new byte[] {octet});
        }

        assertThat(cut.depth()).isEqualTo(whole.depth()).isEqualTo(20);
        assertThat(cut.parts()).isEqualTo(whole.parts()).isEqualTo(21);
    }

    private static MimeScan scan(String... lines) {
        MimeScan scan = new MimeScan(UNLIMITED);
        Arrays.stream(lines).forEach(line -> scan.next((line + "\r\n").getBytes(StandardCharsets.US_ASCII)));
        return scan;
    }

    private static byte[] nested(int depth) {
        return IntStream.range(0, depth)
                .mapToObj(i -> "Content-Type: multipart/mixed; boundary=b" + i + "\r\n\r\n--b" + i + "\r\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.US_ASCII);
    }
}
