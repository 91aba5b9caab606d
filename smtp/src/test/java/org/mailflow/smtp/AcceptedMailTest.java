package org.mailflow.smtp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import org.apache.james.smtpserver.AddDefaultAttributesMessageHook;
import org.apache.mailet.AttributeName;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.mailflow.core.decision.Directionality;
import org.mailflow.core.decision.Stamp;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.model.Premises;
import org.mailflow.core.tls.PeerIdentity;
import org.mailflow.core.tls.TlsSession;
import org.mailflow.james.Stamps;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.smtp.SmtpReply;

/** What an accepted mail carries to the spool, and what is told of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AcceptedMailTest {

    private static final AttributeName AUTH_NETWORK =
            AttributeName.of(AddDefaultAttributesMessageHook.SMTP_AUTH_NETWORK_NAME);

    private SmtpServerUnderTest server;

    @BeforeAll
    void start() throws Exception {
        server = SmtpServerUnderTest.builder(
                        Organizations.mailflow(7, Premises.ON_PREMISES, Certificates.AUTHORITY.certificate()),
                        Certificates.SERVER)
                .with("authorizedAddresses", "127.0.0.0/8")
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

    private Mail onlyMail() throws Exception {
        List<Mail> mails = server.spool();
        assertThat(mails).hasSize(1);
        return mails.get(0);
    }

    private ReceivedHeader hop(Mail mail) throws Exception {
        return ReceivedHeader.parse(mail.getMessage().getHeader("Received")[0]).orElseThrow();
    }

    @Test
    void ofTheOtherPremisesIsOriginatingAndNotInternalForThat() throws Exception {
        TlsSession tls;
        try (SmtpDialogue smtp = server.connect("127.0.0.99", Certificates.OTHER_PREMISES)) {
            SmtpServerUnderTest.send(smtp, "chris@contoso.com", "erin@cpandl.com");
            tls = smtp.session()
                    .map(session -> new TlsSession(session.getProtocol(), session.getCipherSuite()))
                    .orElseThrow();
        }

        assertThat(Stamps.of(onlyMail()))
                .hasValue(new Stamp(
                        7,
                        IpAddress.parse("127.0.0.99"),
                        Optional.of(tls),
                        new PeerIdentity.Verified(List.of(Organizations.OTHER_PREMISES)),
                        Optional.of("contoso"),
                        Optional.of("From the cloud"),
                        Directionality.ORIGINATING,
                        false,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        false));
        ReceivedHeader hop = hop(onlyMail());
        assertThat(hop.helo()).isEqualTo("client.example");
        assertThat(hop.clientIp()).hasToString("127.0.0.99");
        assertThat(hop.by()).isEqualTo(Organizations.FQDN);
        assertThat(hop.protocol()).isEqualTo("ESMTPS");
        assertThat(hop.tls()).hasValue(tls);
        assertThat(hop.peer()).isEqualTo("verified " + Organizations.OTHER_PREMISES);
        assertThat(hop.connector()).hasValue("From the cloud");
        assertThat(hop.id()).isEqualTo(onlyMail().getName());
        assertThat(hop.recipient()).hasValue("erin@cpandl.com");
    }

    @Test
    void ofAStrangerIsIncoming() throws Exception {
        try (SmtpDialogue smtp = server.connect("127.0.0.99", Certificates.FORGED_OTHER_PREMISES)) {
            SmtpServerUnderTest.send(smtp, "chris@contoso.com", "chris@contoso.com", "anna@contoso.com");
        }

        Stamp stamp = Stamps.of(onlyMail()).orElseThrow();
        assertThat(stamp.directionality()).isEqualTo(Directionality.INCOMING);
        assertThat(stamp.internal()).isFalse();
        assertThat(stamp.organization()).isEmpty();
        assertThat(stamp.connector()).isEmpty();
        assertThat(stamp.identity()).isInstanceOf(PeerIdentity.Unverified.class);
        assertThat(hop(onlyMail()).peer()).isEqualTo("unverified");
        assertThat(hop(onlyMail()).recipient()).isEmpty();
    }

    @Test
    void ofAnAllowListedAddressIsAllowListed() throws Exception {
        try (SmtpDialogue smtp = server.connectSilently(Organizations.ALLOWED)) {
            smtp.send("HELO client.example").expect("250");
            SmtpServerUnderTest.send(smtp, "a@x.test", "chris@contoso.com");
        }

        Stamp stamp = Stamps.of(onlyMail()).orElseThrow();
        assertThat(stamp.allowListed()).isTrue();
        assertThat(stamp.tls()).isEmpty();
        assertThat(stamp.identity()).isEqualTo(PeerIdentity.none());
        assertThat(hop(onlyMail()).protocol()).isEqualTo("SMTP");
        assertThat(hop(onlyMail()).tls()).isEmpty();
    }

    @Test
    void hasJamesAttributesWithoutAReverseLookUp() throws Exception {
        try (SmtpDialogue smtp = server.connect(Organizations.PRINTER)) {
            SmtpServerUnderTest.send(smtp, "chris@contoso.com", "erin@cpandl.com");
        }

        Mail mail = onlyMail();
        assertThat(mail.getRemoteAddr()).isEqualTo(Organizations.PRINTER);
        assertThat(mail.getRemoteHost()).isEqualTo(Organizations.PRINTER);
        assertThat(mail.attributesMap()).containsKeys(Mail.SMTP_HELO, Mail.SMTP_SESSION_ID, AUTH_NETWORK);
    }

    /** The listener's authorizedAddresses would make James call this client one of the network. */
    @Test
    void ofAStrangerIsNotOfOurNetwork() throws Exception {
        try (SmtpDialogue smtp = server.connect("127.0.0.99")) {
            SmtpServerUnderTest.send(smtp, "chris@contoso.com", "chris@contoso.com");
        }

        assertThat(onlyMail().attributesMap()).doesNotContainKey(AUTH_NETWORK);
    }

    @Test
    void isAnEventAfterItIsOnTheSpool() throws Exception {
        SmtpReply reply;
        try (SmtpDialogue smtp = server.connect("127.0.0.99", Certificates.OTHER_PREMISES)) {
            reply = SmtpServerUnderTest.send(smtp, "chris@contoso.com", "erin@cpandl.com", "anna@contoso.com");
        }

        assertThat(server.events().all()).hasSize(1);
        MailEvent event = server.events().last();
        assertThat(event.type()).isEqualTo(MailEvent.Type.RECEIVED);
        assertThat(event.mailId()).hasValue(onlyMail().getName());
        assertThat(event.messageId()).hasValue("<1@client.example>");
        assertThat(event.sender()).hasValue("chris@contoso.com");
        assertThat(event.recipients()).containsExactly("erin@cpandl.com", "anna@contoso.com");
        assertThat(event.organization()).hasValue("contoso");
        assertThat(event.connector()).hasValue("From the cloud");
        assertThat(event.peer()).hasValue("127.0.0.99");
        assertThat(event.tlsVersion()).hasValue("TLSv1.3");
        assertThat(event.peerIdentity()).hasValue("verified [" + Organizations.OTHER_PREMISES + "]");
        assertThat(event.reply()).hasValue(reply.text());
        assertThat(event.generation()).hasValue(7L);
    }

    @Test
    void hasOurReceivedHeaderFirstAndIsOtherwiseAsItCame() throws Exception {
        String[] messages = {"Subject: test\r\n\r\nHello.\r\n..dots\r\n", "\r\nno header\r\n", "no colon\r\n", ""};
        for (String message : messages) {
            server.clearSpool();
            try (SmtpDialogue smtp = server.connect(Organizations.STRANGER)) {
                smtp.send("MAIL FROM:<a@x.test>").expect("250");
                smtp.send("RCPT TO:<chris@contoso.com>").expect("250");
                smtp.send("DATA").expect("354");
                smtp.sendRaw((message + ".\r\n").getBytes(US_ASCII)).expect("250");
            }
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            onlyMail().getMessage().writeTo(written);

            assertThat(written.toString(US_ASCII)).startsWith("Received: from client.example ([127.0.0.99])\r\n\tby ");
            assertThat(onlyMail().getMessage().getHeader("Received")).hasSize(1);
        }
    }
}
