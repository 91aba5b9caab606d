package org.mailflow.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailflow.core.model.Premises;
import org.mailflow.testing.smtp.SmtpDialogue;

/** What a transaction was granted ends with it. The printer may relay for senders of ours, and for nobody else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RightsEndTest {

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
    }

    private SmtpDialogue withRights() throws Exception {
        SmtpDialogue smtp = server.connect(Organizations.PRINTER);
        smtp.send("MAIL FROM:<chris@contoso.com>").expect("250");
        smtp.send("RCPT TO:<erin@cpandl.com>").expect("250");
        return smtp;
    }

    private void expectNoRights(SmtpDialogue smtp) throws Exception {
        smtp.send("RCPT TO:<erin@cpandl.com>").expect("503");
        smtp.send("DATA").expect("503");
        smtp.send("MAIL FROM:<a@x.test>").expect("250");
        smtp.send("DATA").expect("503");
        smtp.send("RCPT TO:<erin@cpandl.com>").expect("550 5.7.64");
        smtp.send("DATA").expect("503");
        smtp.send("RCPT TO:<chris@contoso.com>").expect("250");
        smtp.sendData(SmtpServerUnderTest.message("Subject: test", "", "Hello."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSET", "EHLO client.example", "HELO client.example"})
    void atACommandThatBeginsAnew(String command) throws Exception {
        try (SmtpDialogue smtp = withRights()) {
            smtp.send(command).expect("250");

            expectNoRights(smtp);
        }

        assertThat(onlyMail().getRecipients()).hasToString("[chris@contoso.com]");
    }

    @Test
    void atStartTls() throws Exception {
        try (SmtpDialogue smtp = withRights()) {
            smtp.startTls(Certificates.NO_CERTIFICATE);
            smtp.send("RCPT TO:<erin@cpandl.com>").expect("503");
            smtp.send("DATA").expect("503");
            smtp.send("MAIL FROM:<chris@contoso.com>").expect("503 5.5.0 Need HELO or EHLO");
            smtp.send("EHLO client.example").expect("250");

            expectNoRights(smtp);
        }

        assertThat(onlyMail().getRecipients()).hasToString("[chris@contoso.com]");
    }

    @Test
    void atTheEndOfData() throws Exception {
        try (SmtpDialogue smtp = withRights()) {
            smtp.sendData(SmtpServerUnderTest.message("Subject: test", "", "Hello."));
            server.clearSpool();

            expectNoRights(smtp);
        }

        assertThat(onlyMail().getRecipients()).hasToString("[chris@contoso.com]");
    }

    /** James forgets the sender and keeps the recipients: the next sender would inherit them. */
    @Test
    void notAtASecondMailWhichIsRefused() throws Exception {
        try (SmtpDialogue smtp = withRights()) {
            smtp.send("MAIL FROM:<a@x.test>").expect("503");
            smtp.send("MAIL FROM:<a@x.test>").expect("503");
            smtp.sendData(SmtpServerUnderTest.message("Subject: test", "", "Hello."));
        }

        assertThat(onlyMail().getMaybeSender().asString()).isEqualTo("chris@contoso.com");
        assertThat(onlyMail().getRecipients()).hasToString("[erin@cpandl.com]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAIL FROM:<broken", "MAIL FROM:<a@[192.0.2.1]>", "MAIL FROM:<a@x.test> SIZE=x", "MAIL"})
    void nothingOfAMailThatFailedIsLeft(String command) throws Exception {
        try (SmtpDialogue smtp = server.connect(Organizations.PRINTER)) {
            smtp.send(command).expectMatching("5\\d\\d .*");

            smtp.send("RCPT TO:<chris@contoso.com>").expect("503");
            smtp.send("DATA").expect("503");
        }
    }

    @Test
    void aCertificateIsJudgedAnewInEachTransaction() throws Exception {
        try (SmtpDialogue smtp = server.connect(Organizations.STRANGER, Certificates.OTHER_PREMISES)) {
            smtp.send("MAIL FROM:<chris@contoso.com>").expect("250");
            smtp.send("RCPT TO:<erin@cpandl.com>").expect("250");
            smtp.send("RSET").expect("250");
            server.reload(Organizations.mailflow(2, Premises.ON_PREMISES));

            // The authority is no longer trusted: the same TLS session proves nothing in the next transaction.
            smtp.send("MAIL FROM:<chris@contoso.com>").expect("250");
            smtp.send("RCPT TO:<erin@cpandl.com>").expect("550");
        } finally {
            server.reload(Organizations.mailflow(3, Premises.ON_PREMISES, Certificates.AUTHORITY.certificate()));
        }
    }

    @Test
    void aTransactionIsDecidedToItsEndOnTheSnapshotItBeganWith() throws Exception {
        try (SmtpDialogue smtp = server.connect(Organizations.STRANGER, Certificates.OTHER_PREMISES)) {
            smtp.send("MAIL FROM:<chris@contoso.com>").expect("250");
            server.reload(Organizations.mailflow(4, Premises.ON_PREMISES));

            smtp.send("RCPT TO:<erin@cpandl.com>").expect("250");
        } finally {
            server.reload(Organizations.mailflow(5, Premises.ON_PREMISES, Certificates.AUTHORITY.certificate()));
        }
    }

    private Mail onlyMail() throws Exception {
        List<Mail> mails = server.spool();
        assertThat(mails).hasSize(1);
        return mails.get(0);
    }
}
