package org.mailflow.assembly;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailflow.testing.smtp.SmtpDialogue;

/** A line that is longer than any that is kept refuses its mail, once and at the mail's end, and hides nothing. */
class LongLinesTest {

    private static final String TOO_LONG = "554 5.6.0 Invalid message content: a line is too long";

    private static MailflowServer server;

    @BeforeAll
    static void start(@TempDir Path temporary) throws Exception {
        server = TestServer.start(temporary);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"8192, 250", "8193, " + TOO_LONG, "8194, " + TOO_LONG, "65536, " + TOO_LONG, "5000000, " + TOO_LONG})
    void refuseTheirMailAtItsEnd(int octets, String reply) throws Exception {
        try (SmtpDialogue smtp = envelope()) {
            smtp.sendRaw(("a".repeat(octets) + "\r\n").getBytes(ISO_8859_1));
            smtp.sendRaw("Subject: first\r\n\r\nHello.\r\n.\r\n".getBytes(ISO_8859_1))
                    .expect(reply);
            smtp.send("NOOP").expect("250");
        }
    }

    @Test
    void endTheMailWithADotOnlyBehindCrLf() throws Exception {
        String more = "RSET\r\nMAIL FROM:<b@x.test>\r\n";
        try (SmtpDialogue smtp = envelope()) {
            smtp.sendRaw(("a".repeat(9_000) + "\n.\r\n" + more + ".\r\n").getBytes(ISO_8859_1))
                    .expect(TOO_LONG);
            smtp.send("NOOP").expect("250");
        }
        try (SmtpDialogue smtp = envelope()) {
            smtp.sendRaw("a".repeat(9_000).getBytes(ISO_8859_1));
            for (String piece : new String[] {"\r", "\n", ".", "\r", "\n"}) {
                smtp.sendRaw(piece.getBytes(ISO_8859_1));
            }
            smtp.expect(TOO_LONG);
            smtp.send("NOOP").expect("250");
        }
    }

    @Test
    void areNoCommands() throws Exception {
        try (SmtpDialogue smtp = connect()) {
            smtp.send("EHLO " + "a".repeat(65_536)).expect("500");
            smtp.send("EHLO client.example").expect("250");
        }
    }

    private static SmtpDialogue envelope() throws IOException {
        SmtpDialogue smtp = connect();
        smtp.send("EHLO client.example").expect("250");
        smtp.send("MAIL FROM:<a@x.test>").expect("250");
        smtp.send("RCPT TO:<" + TestServer.USER + ">").expect("250");
        smtp.send("DATA").expect("354");
        return smtp;
    }

    private static SmtpDialogue connect() throws IOException {
        return SmtpDialogue.connect("127.0.0.1", server.smtpPorts().get(0)).expect("220");
    }
}
