package org.mailflow.smtp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.mailflow.core.model.Premises;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.smtp.SmtpReply;

/** SMTP AUTH is evidence of a user, inside of TLS; and a user is not a server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthenticationTest {

    private SmtpServerUnderTest server;
    private SmtpServerUnderTest withoutAuth;

    @BeforeAll
    void start() throws Exception {
        server = SmtpServerUnderTest.builder(Organizations.mailflow(Premises.ON_PREMISES), Certificates.SERVER)
                .with("auth.announce", "always")
                .start();
        withoutAuth = SmtpServerUnderTest.builder(Organizations.mailflow(Premises.ON_PREMISES), Certificates.SERVER)
                .with("auth.announce", "never")
                .start();
        for (SmtpServerUnderTest one : new SmtpServerUnderTest[] {server, withoutAuth}) {
            one.addUser("chris@contoso.com", "secret");
            one.addUser("guest@cpandl.com", "secret");
            one.addUser("chris", "secret");
        }
    }

    @AfterAll
    void stop() {
        server.close();
        withoutAuth.close();
    }

    private static String plain(String user) {
        return "AUTH PLAIN " + Base64.getEncoder().encodeToString(("\0" + user + "\0secret").getBytes(US_ASCII));
    }

    @Test
    void isNeitherOfferedNorTakenInClearText() throws Exception {
        try (SmtpDialogue smtp = server.connectSilently(Organizations.STRANGER)) {
            SmtpReply features = smtp.send("EHLO client.example").read();

            assertThat(features.text()).contains("STARTTLS").doesNotContain("AUTH");
            smtp.send(plain("chris@contoso.com")).expect("538 5.7.11");
            smtp.send("AUTH LOGIN").expect("538 5.7.11");
        }
    }

    @Test
    void isNotTakenWhereTheListenerDoesNotOfferIt() throws Exception {
        try (SmtpDialogue smtp = withoutAuth.connect(Organizations.STRANGER, Certificates.NO_CERTIFICATE)) {
            smtp.send(plain("chris@contoso.com")).expect("503");
        }
    }

    @Test
    void isNotTakenWithinATransaction() throws Exception {
        try (SmtpDialogue smtp = server.connect(Organizations.STRANGER, Certificates.NO_CERTIFICATE)) {
            smtp.send("MAIL FROM:<chris@contoso.com>").expect("250");
            smtp.send(plain("chris@contoso.com")).expect("503");
            smtp.send("RCPT TO:<erin@cpandl.com>").expect("550");
        }
    }

    @Test
    void letsAUserSendAsHimselfToAnywhere() throws Exception {
        server.clearSpool();
        try (SmtpDialogue smtp = server.connect(Organizations.STRANGER, Certificates.NO_CERTIFICATE)) {
            assertThat(smtp.send("EHLO client.example").read().text()).contains("AUTH LOGIN PLAIN");
            smtp.send(plain("chris@contoso.com")).expect("235");
            SmtpServerUnderTest.send(smtp, "Chris@contoso.com", "erin@cpandl.com");
        }

        Mail mail = server.spool().get(0);
        assertThat(mail.attributesMap()).containsKey(Mail.SMTP_AUTH_USER);
        assertThat(mail.getMessage().getHeader("Received")[0]).contains("with ESMTPSA");
    }

    @Test
    void doesNotLetAUserSendAsAnother() throws Exception {
        try (SmtpDialogue smtp = server.connect(Organizations.STRANGER, Certificates.NO_CERTIFICATE)) {
            smtp.send(plain("chris@contoso.com")).expect("235");
            for (String sender : new String[] {"ceo@contoso.com", "a@x.test", ""}) {
                smtp.send("MAIL FROM:<" + sender + ">").expect("250");
                smtp.send("RCPT TO:<erin@cpandl.com>").expect("550 5.7.60");
                smtp.send("RSET").expect("250");
            }
        }
    }

    /** James gives every authenticated session the right to relay. */
    @Test
    void givesNoRightsToAUserOfNoOrganization() throws Exception {
        for (String user : new String[] {"chris", "guest@cpandl.com"}) {
            try (SmtpDialogue smtp = server.connect(Organizations.STRANGER, Certificates.NO_CERTIFICATE)) {
                smtp.send(plain(user)).expect("235");
                smtp.send("MAIL FROM:<chris@contoso.com>").expect("250");
                smtp.send("RCPT TO:<erin@cpandl.com>").expect("550 5.7.1");
            }
        }
    }

    @Test
    void endsWithTheConnection() throws Exception {
        try (SmtpDialogue smtp = server.connect(Organizations.STRANGER, Certificates.NO_CERTIFICATE)) {
            smtp.send(plain("chris@contoso.com")).expect("235");
        }
        try (SmtpDialogue smtp = server.connect(Organizations.STRANGER, Certificates.NO_CERTIFICATE)) {
            smtp.send("MAIL FROM:<chris@contoso.com>").expect("250");
            smtp.send("RCPT TO:<erin@cpandl.com>").expect("550");
        }
    }
}
