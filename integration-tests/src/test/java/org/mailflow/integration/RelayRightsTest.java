package org.mailflow.integration;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mailflow.integration.Contoso.CHRIS;
import static org.mailflow.integration.Contoso.ERIN;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailflow.core.event.MailEvent;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.tls.TlsContexts;

/** Whoever may relay may do so in the transaction that he may do it in, and in no other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RelayRightsTest {

    private static final String FORGER = "a@x.test";

    private Gateway gateway;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        gateway = new Gateway(directory);
    }

    @AfterAll
    void stop() throws Exception {
        gateway.close();
    }

    /** Why somebody may relay mail from chris, and nothing from anybody else. */
    enum Right {
        ADDRESS,
        CERTIFICATE,
        USER;

        SmtpDialogue open(Gateway gateway) throws IOException {
            TestServer server = gateway.server();
            if (this == ADDRESS) {
                return server.connect("127.0.0.16");
            }
            if (this == USER) {
                return Submission.open(server, Contoso.DESK, CHRIS);
            }
            SmtpDialogue smtp = server.connect("127.0.0.40");
            smtp.startTls(TlsContexts.gullibleClient(gateway.authority().issue("one.branch.test")));
            return smtp.send("EHLO one.branch.test").expect("250");
        }
    }

    static Stream<Arguments> endings() {
        return Stream.of(Right.values()).flatMap(right -> Stream.of("RSET", "EHLO again.test", "HELO again.test")
                .map(command -> Arguments.of(right, command)));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void endsAtACommandThatBeginsAnew(Right right, String command) throws Exception {
        try (SmtpDialogue smtp = withRights(right)) {
            smtp.send(command).expect("250");

            expectNoRights(smtp);
        }
    }

    @ParameterizedTest
    @EnumSource(Right.class)
    void endsWithItsMail(Right right) throws Exception {
        TestMail mail = TestMail.of(CHRIS, ERIN);
        try (SmtpDialogue smtp = right.open(gateway)) {
            assertThat(mail.sendIn(smtp).code()).isEqualTo(250);

            expectNoRights(smtp);
        }
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> mail.at(gateway.sinkOf("MX")).count() == 1);
    }

    @ParameterizedTest
    @EnumSource(Right.class)
    void isNotOfASecondSender(Right right) throws Exception {
        try (SmtpDialogue smtp = withRights(right)) {
            smtp.send("MAIL FROM:<" + FORGER + ">").expect("503");
            smtp.send("RSET").expect("250");

            expectNoRights(smtp);
        }
    }

    @Test
    void endsAtStartTls() throws Exception {
        try (SmtpDialogue smtp = withRights(Right.ADDRESS)) {
            smtp.startTls(TlsContexts.gullibleClient());

            smtp.send("RCPT TO:<" + ERIN + ">").expect("503");
            smtp.send("DATA").expect("503");
            smtp.send("MAIL FROM:<" + CHRIS + ">").expect("503");
            smtp.send("EHLO again.test").expect("250");
            expectNoRights(smtp);
        }
    }

    @ParameterizedTest
    @EnumSource(Right.class)
    void isNotInheritedWithinAPacket(Right right) throws Exception {
        try (SmtpDialogue smtp = right.open(gateway)) {
            String commands = "MAIL FROM:<" + CHRIS + ">\r\nRCPT TO:<" + ERIN + ">\r\nRSET\r\nMAIL FROM:<" + FORGER
                    + ">\r\nRCPT TO:<" + ERIN + ">\r\nDATA\r\nNOOP\r\n";
            smtp.sendRaw(commands.getBytes(US_ASCII));

            smtp.expect("250").expect("250").expect("250").expect("250");
            smtp.expectMatching("550 .*").expect("503").expect("250");
        }
        assertNothingOfTheForger();
    }

    private SmtpDialogue withRights(Right right) throws IOException {
        SmtpDialogue smtp = right.open(gateway);
        smtp.send("MAIL FROM:<" + CHRIS + ">").expect("250");
        return smtp.send("RCPT TO:<" + ERIN + ">").expect("250");
    }

    private void expectNoRights(SmtpDialogue smtp) throws IOException {
        smtp.send("RCPT TO:<" + ERIN + ">").expect("503");
        smtp.send("DATA").expect("503");
        for (int attempt = 0; attempt < 2; attempt++) {
            smtp.send("MAIL FROM:<" + FORGER + ">").expect("250");
            smtp.send("DATA").expect("503");
            smtp.send("RCPT TO:<" + ERIN + ">").expectMatching("550 5\\.7\\..*");
            smtp.send("DATA").expect("503");
            smtp.send("RSET").expect("250");
        }
        assertNothingOfTheForger();
    }

    private void assertNothingOfTheForger() throws IOException {
        assertThat(gateway.server()
                        .events(event -> event.type() == MailEvent.Type.RECEIVED
                                && event.sender().filter(FORGER::equals).isPresent()))
                .isEmpty();
    }
}
