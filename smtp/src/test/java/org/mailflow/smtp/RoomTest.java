package org.mailflow.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.Premises;
import org.mailflow.testing.smtp.SmtpDialogue;

class RoomTest {

    /** What of core's replies is tested here. */
    static final String REPLY = "INSUFFICIENT_STORAGE";

    private static final String FULL = "452 4.3.1 Insufficient system storage";

    private final Mailflow mailflow = Organizations.mailflow(Premises.ON_PREMISES);

    @Test
    void mailIsRefusedForATimeWhereTheReserveIsTouched() throws Exception {
        try (SmtpServerUnderTest server = server();
                SmtpDialogue smtp = server.connect(Organizations.STRANGER)) {
            server.setFree(Organizations.ROOM - 1);

            smtp.send("MAIL FROM:<a@x.test>").expect(FULL);
            smtp.send("RCPT TO:<chris@contoso.com>").expect("503");
            server.setFree(Organizations.ROOM);

            smtp.send("MAIL FROM:<a@x.test>").expect("250");
        }
    }

    @Test
    void mailIsRefusedThatSaysItIsTooBigForTheRoom() throws Exception {
        try (SmtpServerUnderTest server = server();
                SmtpDialogue smtp = server.connect(Organizations.STRANGER)) {
            server.setFree(Organizations.ROOM + 50_000);

            smtp.send("MAIL FROM:<a@x.test> SIZE=50001").expect(FULL);
            smtp.send("MAIL FROM:<a@x.test> SIZE=50000").expect("250");
        }
    }

    @Test
    void mailIsNotSpooledWhereTheDiskFilledWhileItCame() throws Exception {
        try (SmtpServerUnderTest server = server();
                SmtpDialogue smtp = server.connect(Organizations.STRANGER)) {
            smtp.send("MAIL FROM:<a@x.test>").expect("250");
            smtp.send("RCPT TO:<chris@contoso.com>").expect("250");
            smtp.send("DATA").expect("354");
            server.setFree(Organizations.ROOM + 10);

            smtp.send("Subject: more than ten bytes\r\n\r\n.").expect(FULL);

            assertThat(server.spooled()).isZero();
        }
    }

    @Test
    void theRefusalIsAnEvent() throws Exception {
        try (SmtpServerUnderTest server = server();
                SmtpDialogue smtp = server.connect(Organizations.STRANGER)) {
            server.setFree(0);

            smtp.send("MAIL FROM:<a@x.test>").expect(FULL);

            MailEvent event = server.events().last();
            assertThat(event.type()).isEqualTo(MailEvent.Type.REFUSED);
            assertThat(event.reply()).contains(FULL);
            assertThat(event.reason().orElseThrow()).contains("minimumFreeSpace");
        }
    }

    @Test
    void aBlockedClientIsToldSoAndNotToTryAgain() throws Exception {
        try (SmtpServerUnderTest server = server();
                SmtpDialogue smtp = server.connect(Organizations.BLOCKED)) {
            server.setFree(0);

            smtp.send("MAIL FROM:<a@x.test>").expect("550 5.7.513");
        }
    }

    private SmtpServerUnderTest server() throws Exception {
        return SmtpServerUnderTest.builder(mailflow, Certificates.SERVER).start();
    }
}
