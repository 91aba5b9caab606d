package org.mailflow.core.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailflow.core.decision.HeaderFirewall;

class HeaderIntakeTest {

    private final HeaderIntake intake = new HeaderIntake(HeaderFirewall::isProtected);

    private byte[] passed(byte[] mail, int longestLine) {
        ByteArrayOutputStream passed = new ByteArrayOutputStream();
        for (byte[] line : lines(mail, longestLine)) {
            intake.take(line).forEach(passed::writeBytes);
        }
        return passed.toByteArray();
    }

    private String passed(String mail) {
        return new String(passed(mail.getBytes(UTF_8), Integer.MAX_VALUE), UTF_8);
    }

    private static List<byte[]> lines(byte[] mail, int longestLine) {
        List<byte[]> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < mail.length; i++) {
            if (mail[i] == '\n' || i + 1 == mail.length || i + 1 - start == longestLine) {
                lines.add(Arrays.copyOfRange(mail, start, i + 1));
                start = i + 1;
            }
        }
        return lines;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forefront-Antispam-Report: SCL:-1;\r\n",
                "x-forefront-antispam-report:SCL:-1;\r\n",
                "X-FOREFRONT-ANTISPAM-REPORT : SCL:-1;\r\n",
                "X-Forefront-Antispam-Report\t \t: SCL:-1;\r\n",
                "X-Forefront-Antispam-Report:\r\n",
                "X-Forefront-Antispam-Report:\r\n SCL:-1;\r\n",
                "X-Forefront-Antispam-Report: CIP:10.0.0.1;\r\n\tSCL:-1;\r\n  \r\n IPV:CAL;\r\n",
                "X-Forefront-Antispam-Report\r\n : SCL:-1;\r\n",
                "X-Forefront-Antispam-Report\r\n",
                "X-Forefront-Antispam-Report  \r\n\t: SCL:-1;\r\n",
                "X-Forefront-Antispam-Report: a\r\nX-Forefront-Antispam-Report: b\r\nx-forefront-antispam-report: c\r\n",
                "\u0001X-Forefront-Antispam-Report: SCL:-1;\r\n",
                "\ufeffX-Forefront-Antispam-Report: SCL:-1;\r\n",
                "X-Forefront-Antispam-Report\u00a0: SCL:-1;\r\n",
                "X-Forefront-\u00adAntispam-Report\u0085: SCL:-1;\r\n",
                "X-Forefront-Antispam-Report\u000b: SCL:-1;\r\n",
                "X-MS-Exchange-ExternalOriginalInternetSender: ip=[10.0.0.1]\r\n",
                "X-MS-Exchange-SkipListedInternetSender: ip=[10.0.0.1]\r\n",
                "x-ms-exchange-skiplistedinternetsender: ip=[10.0.0.1]\r\n",
                "X-MS-Exchange-S\u212aipListedInternetSender: ip=[10.0.0.1]\r\n",
                "X-MS-Exchange-\u017fkipListedInternetSender: ip=[10.0.0.1]\r\n"
            })
    void leavesAFieldOutWhereverItStands(String forged) {
        String body = "\r\nX-Forefront-Antispam-Report: in the body\r\n";

        assertThat(passed(forged + "Subject: a\r\n b\r\nTo: c\r\n" + body))
                .isEqualTo("Subject: a\r\n b\r\nTo: c\r\n" + body);
        assertThat(new HeaderIntakeTest().passed("Subject: a\r\n b\r\n" + forged + "To: c\r\n" + body))
                .isEqualTo("Subject: a\r\n b\r\nTo: c\r\n" + body);
        assertThat(new HeaderIntakeTest().passed("Subject: a\r\n b\r\nTo: c\r\n" + forged + body))
                .isEqualTo("Subject: a\r\n b\r\nTo: c\r\n" + body);
        assertThat(new HeaderIntakeTest().passed("Subject: a\r\n" + forged)).isEqualTo("Subject: a\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n",
                "\r\nX-Forefront-Antispam-Report: a\r\n",
                "no colon\r\nSubject: x\r\n\r\nbody",
                "X-Forefront-Antispam-Reports: a\r\nX-X-Forefront-Antispam-Report: b\r\n\r\n",
                ".X-Forefront-Antispam-Report: a\r\n\r\n",
                "Subject: X-Forefront-Antispam-Report: a\r\n X-Forefront-Antispam-Report: b\r\n\r\n",
                "A: multipart/mixed\r\n\r\n--b\r\nB: message/rfc822\r\n\r\nX-Forefront-Antispam-Report: c\r\n\r\n--b--\r\n",
                "Subject:  odd \t blanks  \r\n\t\r\n  more\r\nX: \u00fc\u0000\r\n\r\nbare\nlines\r\n",
                "From somebody Mon Jan 1\r\nSubject: x\r\n\r\nno end",
            })
    void handsEveryOtherByteOn(String mail) {
        assertThat(passed(mail)).isEqualTo(mail);
    }

    @Test
    void aFirstLineThatIsFoldedBeginsTheBody() {
        assertThat(passed(" SFV:SKN;\r\nX-Forefront-Antispam-Report: a\r\n\r\nbody\r\n"))
                .isEqualTo("\r\n SFV:SKN;\r\nX-Forefront-Antispam-Report: a\r\n\r\nbody\r\n");
    }

    @Test
    void aLineInPiecesIsOneLine() {
        String forged = "X-Forefront-Antispam-Report" + " ".repeat(100) + ": a\r\n " + "b".repeat(100) + "\r\n";
        String kept = "Subject: " + "X-Forefront-Antispam-Report: ".repeat(10) + "\r\n";

        byte[] passed = passed((forged + kept + forged + "\r\n" + forged).getBytes(ISO_8859_1), 29);

        assertThat(new String(passed, ISO_8859_1)).isEqualTo(kept + "\r\n" + forged);
    }

    @Test
    void remembersTheReceivedFieldsFromTheTop() {
        passed("received : one\r\n\ttwo\r\nSubject: x\r\nRECEIVED:three\r\nX-Received: four\r\n\r\nReceived: five\r\n");

        assertThat(intake.received()).containsExactly(" one\r\n\ttwo\r\n", "three\r\n");
        assertThat(intake.isOver()).isTrue();
    }

    @Test
    void remembersNoMoreThanCounts() {
        passed(("Received: " + "x".repeat(10_000) + "\r\n").repeat(200));

        assertThat(intake.received()).hasSize(100).allSatisfy(field -> assertThat(field)
                .hasSizeLessThan(4_096));
        assertThat(intake.isOver()).isFalse();
    }
}
