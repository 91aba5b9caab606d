package org.mailflow.smtp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailflow.core.model.Premises;
import org.mailflow.testing.smtp.SmtpDialogue;

/** Somebody on the wire puts commands of his own behind STARTTLS (CVE-2011-0411). They are never carried out. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StartTlsInjectionTest {

    private static final byte[] INJECTION = "STARTTLS\r\nEHLO evil\r\nMAIL FROM:<evil@x.test>\r\n".getBytes(US_ASCII);

    private SmtpServerUnderTest server;

    @BeforeAll
    void start() throws Exception {
        server = SmtpServerUnderTest.builder(Organizations.mailflow(Premises.ON_PREMISES), Certificates.SERVER)
                .with("maxmessagesize", "1K")
                .start();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void forget() throws Exception {
        server.clearSpool();
    }

    private static void expectRefusal(SmtpDialogue smtp) throws Exception {
        smtp.sendRaw(INJECTION).expect("451");
        smtp.expectClosed();
    }

    @Test
    void isCutOffAtOnce() throws Exception {
        try (SmtpDialogue smtp = server.connect(Organizations.STRANGER)) {
            expectRefusal(smtp);
        }
    }

    @Test
    void isCutOffAfterARejectedData() throws Exception {
        try (SmtpDialogue smtp = server.connect(Organizations.STRANGER)) {
            smtp.send("DATA").expect("503");

            expectRefusal(smtp);
        }
    }

    @Test
    void isCutOffAfterARejectedDataWithinATransaction() throws Exception {
        try (SmtpDialogue smtp = server.connect(Organizations.STRANGER)) {
            smtp.send("MAIL FROM:<a@x.test>").expect("250");
            smtp.send("DATA").expect("503");
            smtp.send("DATA x").expect("500");

            expectRefusal(smtp);
        }
    }

    @Test
    void isCutOffAfterAWholeMail() throws Exception {
        try (SmtpDialogue smtp = server.connect(Organizations.STRANGER)) {
            SmtpServerUnderTest.send(smtp, "a@x.test", "chris@contoso.com");

            expectRefusal(smtp);
        }
        assertThat(server.spooled()).isOne();
    }

    @Test
    void isCutOffAfterAMailThatWasRefused() throws Exception {
        try (SmtpDialogue smtp = server.connect(Organizations.STRANGER)) {
            byte[] large = SmtpServerUnderTest.message("Subject: large", "", "x".repeat(900), "x".repeat(900));
            smtp.send("MAIL FROM:<a@x.test>").expect("250");
            smtp.send("RCPT TO:<chris@contoso.com>").expect("250");
            assertThat(smtp.sendData(large).code()).isEqualTo(552);

            expectRefusal(smtp);
        }
        assertThat(server.spooled()).isZero();
    }

    /** James' decoder may have read ahead before the guard is on again; then there is no TLS to smuggle into. */
    @Test
    void beginsNoTlsBehindTheEndOfAMailInOnePacket() throws Exception {
        try (SmtpDialogue smtp = server.connect(Organizations.STRANGER)) {
            smtp.send("MAIL FROM:<a@x.test>").expect("250");
            smtp.send("RCPT TO:<chris@contoso.com>").expect("250");
            smtp.send("DATA").expect("354");
            smtp.sendRaw(("Subject: test\r\n\r\nHello.\r\n.\r\n" + new String(INJECTION, US_ASCII)).getBytes(US_ASCII));

            smtp.expect("250").expectMatching("(503 5.5.1|451) .*");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "starttls\r\nEHLO evil\r\n",
                "StartTLS\r\nEHLO evil\r\n",
                " STARTTLS\r\nEHLO evil\r\n",
                "STARTTLS\nEHLO evil\r\n",
                "NOOP\r\nSTARTTLS\r\nEHLO evil\r\n",
                "DATA\r\nSTARTTLS\r\nEHLO evil\r\n",
                "STARTTLS x\r\nEHLO evil\r\n",
            })
    void isCutOffInEveryShape(String injection) throws Exception {
        try (SmtpDialogue smtp = server.connect(Organizations.STRANGER)) {
            smtp.send("DATA").expect("503");
            smtp.sendRaw(injection.getBytes(US_ASCII)).expect("451").expectClosed();
        }
    }

    @Test
    void startTlsItselfWorksAfterARejectedData() throws Exception {
        try (SmtpDialogue smtp = server.connect(Organizations.STRANGER)) {
            smtp.send("DATA").expect("503");
            smtp.startTls(Certificates.NO_CERTIFICATE);
            smtp.send("EHLO client.example").expect("250");
            SmtpServerUnderTest.send(smtp, "a@x.test", "chris@contoso.com");
            SmtpServerUnderTest.send(smtp, "a@x.test", "chris@contoso.com");
            smtp.send("STARTTLS").expect("500");
            SmtpServerUnderTest.send(smtp, "a@x.test", "chris@contoso.com");
        }

        assertThat(server.spooled()).isEqualTo(3);
    }

    @Test
    void startTlsIsNeitherOfferedNorTakenAfterAMailInClearText() throws Exception {
        try (SmtpDialogue smtp = server.connect(Organizations.STRANGER)) {
            SmtpServerUnderTest.send(smtp, "a@x.test", "chris@contoso.com");

            assertThat(smtp.send("EHLO client.example").read().text()).doesNotContain("STARTTLS");
            smtp.send("STARTTLS").expect("503 5.5.1");
        }
    }

    @Test
    void aMailMaySpeakOfStartTls() throws Exception {
        byte[] message = SmtpServerUnderTest.message("Subject: test", "", "STARTTLS", "EHLO evil", "starttls now");
        try (SmtpDialogue smtp = server.connect(Organizations.STRANGER)) {
            smtp.send("MAIL FROM:<a@x.test>").expect("250");
            smtp.send("RCPT TO:<chris@contoso.com>").expect("250");

            assertThat(smtp.sendData(message).code()).isEqualTo(250);
        }
    }
}
