package org.mailflow.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.model.Premises;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.smtp.SmtpReply;

/** Mail that is nested too deeply, or has too many parts, is refused in the session. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MimeLimitTest {

    /** What of core's replies is tested here. */
    static final List<String> REPLIES = List.of("MIME_TOO_DEEP", "MIME_TOO_MANY_PARTS");

    private SmtpServerUnderTest server;

    @BeforeAll
    void start() throws Exception {
        server = SmtpServerUnderTest.builder(
                        Organizations.mailflow(Premises.ON_PREMISES, Certificates.AUTHORITY.certificate()),
                        Certificates.SERVER)
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

    @Test
    void refusesTwoThousandNestedPartsAndSaysSoInItsEvents() throws Exception {
        try (SmtpDialogue smtp = server.connect("127.0.0.2")) {
            SmtpReply reply = send(smtp, nested(2_000));

            assertThat(reply.toString()).contains("554").contains("5.6.0").contains("nested too deeply");
        }

        assertThat(server.spooled()).isZero();
        assertThat(server.events().all()).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo(MailEvent.Type.REFUSED);
            assertThat(event.reason())
                    .hasValueSatisfying(reason -> assertThat(reason).contains("maxMimeDepth 100"));
        });
    }

    @Test
    void refusesTooManyParts() throws Exception {
        String content =
                "Content-Type: multipart/mixed; boundary=x\r\n\r\n" + "--x\r\n\r\na\r\n".repeat(10_001) + "--x--\r\n";

        try (SmtpDialogue smtp = server.connect("127.0.0.2")) {
            assertThat(send(smtp, content).toString())
                    .contains("554")
                    .contains("5.6.0")
                    .contains("too many parts");
        }

        assertThat(server.spooled()).isZero();
    }

    @Test
    void measuresEachMailOfASessionAnew() throws Exception {
        try (SmtpDialogue smtp = server.connect("127.0.0.2")) {
            assertThat(send(smtp, nested(60)).code()).isEqualTo(250);
            assertThat(send(smtp, nested(101)).code()).isEqualTo(554);
            assertThat(send(smtp, nested(60)).code()).isEqualTo(250);
        }

        assertThat(server.spooled()).isEqualTo(2);
    }

    private static SmtpReply send(SmtpDialogue smtp, String content) throws Exception {
        return smtp.sendMail(
                "erin@cpandl.com",
                List.of("anybody@contoso.com"),
                ("Subject: parts\r\n" + content).getBytes(StandardCharsets.US_ASCII));
    }

    private static String nested(int depth) {
        return IntStream.range(0, depth)
                .mapToObj(i -> "Content-Type: multipart/mixed; boundary=b" + i + "\r\n\r\n--b" + i + "\r\n")
                .collect(Collectors.joining("", "", "\r\nHello.\r\n"));
    }
}
