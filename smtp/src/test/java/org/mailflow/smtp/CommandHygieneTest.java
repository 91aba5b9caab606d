package org.mailflow.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailflow.core.model.Premises;
import org.mailflow.testing.smtp.SmtpDialogue;

/** Bytes that no command has reach no handler. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandHygieneTest {

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

    /** All but LF, which ends a line; that is a case of its own. */
    static Stream<Character> badCharacters() {
        return IntStream.concat(
                        IntStream.rangeClosed(0, 0x1F).filter(c -> c != '\n'), IntStream.of(0x7F, 0x80, 0xE9, 0xFF))
                .mapToObj(c -> (char) c);
    }

    @ParameterizedTest
    @MethodSource("badCharacters")
    void refusesControlCharactersAndOtherScripts(char c) throws Exception {
        try (SmtpDialogue smtp = server.connectSilently(Organizations.STRANGER)) {
            for (String command : List.of("EHLO x" + c + "X-MS-Exchange-Organization-AuthAs: Internal", "HELO x" + c)) {
                smtp.sendRaw((command + "\r\n").getBytes(ISO_8859_1)).expect("501 5.5.2");
            }
            smtp.send("MAIL FROM:<a@x.test>").expect("503");
            smtp.send("EHLO client.example").expect("250");
            smtp.sendRaw(("MAIL FROM:<\"a\\" + c + "b\"@x.test>\r\n").getBytes(ISO_8859_1))
                    .expect("501 5.5.2");
            smtp.send("MAIL FROM:<a@x.test>").expect("250");
            smtp.sendRaw(("RCPT TO:<chris@contoso.com" + c + ".evil.test>\r\n").getBytes(ISO_8859_1))
                    .expect("501 5.5.2");
            smtp.sendRaw(("RCPT TO:<chris@contoso.com> ORCPT=rfc822;x" + c + "\r\n").getBytes(ISO_8859_1))
                    .expect("501 5.5.2");
            smtp.send("DATA").expect("503");
        }
    }

    /** What is not offered is not half understood (RFC 3030, 5321, 6531). */
    @Test
    void offersNoSmtpUtf8AndNoChunkingAndRefusesTheirParameters() throws Exception {
        try (SmtpDialogue smtp = server.connectSilently(Organizations.STRANGER)) {
            assertThat(smtp.send("EHLO client.example").read().text().toUpperCase(Locale.ROOT))
                    .contains("8BITMIME")
                    .doesNotContain("SMTPUTF8", "CHUNKING", "BINARYMIME");

            smtp.send("MAIL FROM:<a@x.test> SMTPUTF8").expect("555");
            smtp.send("MAIL FROM:<a@x.test> BODY=BINARYMIME").expect("555");
            smtp.send("RCPT TO:<chris@contoso.com>").expect("503");
            smtp.send("MAIL FROM:<a@x.test> BODY=8BITMIME").expect("250");
        }
    }

    @Test
    void refusesALineThatEndsInABareLineFeed() throws Exception {
        try (SmtpDialogue smtp = server.connectSilently(Organizations.STRANGER)) {
            smtp.sendRaw("EHLO client.example\n".getBytes(ISO_8859_1)).expect("501 5.5.2");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MAIL FROM:<chris>",
                "MAIL FROM:<chris@>",
                "MAIL FROM:<a@[192.0.2.1]>",
                "MAIL FROM:<a@1.2.3.4>",
                "MAIL FROM:<a@x.test.>",
            })
    void refusesASenderThatIsNoAddress(String command) throws Exception {
        try (SmtpDialogue smtp = server.connect(Organizations.STRANGER)) {
            smtp.send(command).expect("501 5.1.7");
        }
    }

    @Test
    void writesNoByteOfARefusedCommandIntoAMail() throws Exception {
        server.clearSpool();
        try (SmtpDialogue smtp = server.connectSilently(Organizations.STRANGER)) {
            smtp.sendRaw("EHLO x\rX-MS-Exchange-Organization-AuthAs: Internal\r\n".getBytes(ISO_8859_1))
                    .expect("501");
            smtp.send("EHLO (;)<client>").expect("250");
            SmtpServerUnderTest.send(smtp, "a@x.test", "chris@contoso.com");
        }

        assertThat(server.spool().get(0).getMessage().getHeader("X-MS-Exchange-Organization-AuthAs"))
                .containsExactly("Anonymous");
        assertThat(server.spool().get(0).getMessage().getHeader("Received")[0])
                .startsWith("from ????client? ([127.0.0.99])");
    }
}
