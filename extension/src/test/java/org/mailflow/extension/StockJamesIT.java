package org.mailflow.extension;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailflow.core.event.MailEvent;
import org.mailflow.testing.dns.LoopbackDns;
import org.mailflow.testing.smtp.ReceivedMail;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.smtp.SmtpSink;
import org.mailflow.testing.tls.CertificateAuthority;
import org.mailflow.testing.tls.TlsContexts;

/** A stock James with conf/extension as it stands: mail to the internet, and TLS with a partner or no mail. */
class StockJamesIT {

    private static final String OWN_SERVER = "127.0.0.10";
    private static final String FABRIKAM = "127.0.0.20";
    private static final String STRANGER = "127.0.0.66";
    private static final String PARTNER_HOST = "mail.fabrikam.com";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("Trusted Root");

    private static LoopbackDns dns;
    private static SmtpSink internet;
    private static SmtpSink partner;
    private static SmtpSink partnerWithWrongCertificate;
    private static SmtpSink partnerWithoutTls;
    private static int smtp;
    private static int submission;
    private static int webadmin;
    private static StockJames james;

    @BeforeAll
    static void start() throws IOException {
        dns = LoopbackDns.start();
        internet = SmtpSink.builder().hostName("mail.cpandl.com").start();
        dns.mx("cpandl.com", 10, "mail.cpandl.com").a("mail.cpandl.com", "127.0.0.1");
        partner = SmtpSink.builder()
                .hostName(PARTNER_HOST)
                .addresses("127.0.0.2")
                .tls(AUTHORITY.issue(PARTNER_HOST))
                .requireTls()
                .start();
        partnerWithWrongCertificate = SmtpSink.builder()
                .addresses("127.0.0.3")
                .port(partner.port())
                .tls(AUTHORITY.issue("mail.tailspintoys.com"))
                .start();
        partnerWithoutTls =
                SmtpSink.builder().addresses("127.0.0.4").port(partner.port()).start();

        StockInstallation installation = new StockInstallation("as-it-stands")
                .identity(AUTHORITY.issue("mail.contoso.com"), AUTHORITY)
                .dns(dns)
                .set("MAILFLOW_OWN_SERVERS", OWN_SERVER)
                .set("MAILFLOW_FABRIKAM_SERVERS", FABRIKAM)
                .set("MAILFLOW_FABRIKAM_PORT", partner.port())
                .set("MAILFLOW_MX_PORT", internet.port());
        installation.set("MAILFLOW_CERTS", installation.conf("certs"));
        smtp = installation.listen("MAILFLOW_SMTP_BIND");
        submission = installation.listen("MAILFLOW_SUBMISSION_BIND");
        webadmin = StockInstallation.freePort();
        installation.set("MAILFLOW_WEBADMIN", true).set("MAILFLOW_WEBADMIN_PORT", webadmin);
        james = installation.launch().awaitStart();
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable started :
                List.of(james, internet, partner, partnerWithWrongCertificate, partnerWithoutTls, dns)) {
            started.close();
        }
    }

    @BeforeEach
    void partnerIsAtItsPlace() {
        partnerAt("127.0.0.2");
    }

    /** Flow F4, from another server of ours. */
    @Test
    void handsMailOfOurServerToTheMxHostOfItsRecipient() throws Exception {
        try (SmtpDialogue client = connect(OWN_SERVER)) {
            assertThat(client.sendMail("chris@contoso.com", List.of("erin@cpandl.com"), message("F4 by a server"))
                            .code())
                    .isEqualTo(250);
        }

        ReceivedMail mail = only(internet, "erin@cpandl.com");
        assertThat(mail.sender().address()).isEqualTo("chris@contoso.com");
        assertThat(mail.content().header("Subject")).contains("F4 by a server");
        MailEvent delivered = james.awaitEvent(MailEvent.Type.DELIVERED, "erin@cpandl.com");
        assertThat(delivered.peer()).hasValueSatisfying(peer -> assertThat(peer).contains("mail.cpandl.com"));
    }

    /** Flow F4, from a person with a mailbox in this James. */
    @Test
    void handsMailOfItsOwnUserToTheMxHostOfItsRecipient() throws Exception {
        assertThat(webadmin("PUT", "/users/chris@contoso.com", "{\"password\":\"correct horse\"}")
                        .statusCode())
                .isEqualTo(204);

        try (SmtpDialogue client = SmtpDialogue.connect(StockInstallation.HOST, submission, STRANGER)) {
            client.expect("220").send("EHLO laptop.contoso.com").expect("250");
            client.startTls(TlsContexts.client(AUTHORITY))
                    .send("EHLO laptop.contoso.com")
                    .expect("250");
            String login = Base64.getEncoder().encodeToString("\0chris@contoso.com\0correct horse".getBytes(UTF_8));
            client.send("AUTH PLAIN " + login).expect("235");
            assertThat(client.sendMail("chris@contoso.com", List.of("frank@cpandl.com"), message("F4 by a person"))
                            .code())
                    .isEqualTo(250);
        }

        assertThat(only(internet, "frank@cpandl.com").content().header("Subject"))
                .contains("F4 by a person");
    }

    @Test
    void relaysNothingForStrangers() throws Exception {
        try (SmtpDialogue client = connect(STRANGER)) {
            client.send("MAIL FROM:<chris@contoso.com>").expect("250");
            client.send("RCPT TO:<grace@cpandl.com>").expectMatching("5\\d\\d .*");
        }
    }

    @Test
    void takesMailOfThePartnerOverTlsOnly() throws Exception {
        try (SmtpDialogue client = connect(FABRIKAM)) {
            client.send("MAIL FROM:<erin@fabrikam.com>").expect("250");
            client.send("RCPT TO:<chris@contoso.com>").expectMatching("[45]\\d\\d .*");
        }
        try (SmtpDialogue client = connect(FABRIKAM)) {
            client.startTls(TlsContexts.client(AUTHORITY))
                    .send("EHLO " + PARTNER_HOST)
                    .expect("250");
            client.send("MAIL FROM:<erin@fabrikam.com>").expect("250");
            client.send("RCPT TO:<chris@contoso.com>").expect("250");
        }
    }

    @Test
    void handsMailToThePartnerOverTls() throws Exception {
        sendToPartner("trusted@fabrikam.com");

        ReceivedMail mail = only(partner, "trusted@fabrikam.com");
        assertThat(mail.peer().tls()).isPresent();
        MailEvent delivered = james.awaitEvent(MailEvent.Type.DELIVERED, "trusted@fabrikam.com");
        assertThat(delivered.connector()).contains("To Fabrikam");
        assertThat(delivered.tlsVersion()).isPresent();
        assertThat(delivered.peerIdentity())
                .hasValueSatisfying(name -> assertThat(name).contains(PARTNER_HOST));
    }

    @Test
    void holdsMailBackFromAHostThatDoesNotProveThePartnersName() throws Exception {
        partnerAt("127.0.0.3");

        sendToPartner("impostor@fabrikam.com");

        assertThat(james.awaitEvent(MailEvent.Type.DEFERRED, "impostor@fabrikam.com")
                        .connector())
                .contains("To Fabrikam");
        assertThat(partnerWithWrongCertificate.connections()).isPositive();
        assertThat(partnerWithWrongCertificate.commands())
                .noneMatch(command -> command.line().toUpperCase(Locale.ROOT).startsWith("MAIL"));
    }

    @Test
    void holdsMailBackFromAHostWithoutTls() throws Exception {
        partnerAt("127.0.0.4");

        sendToPartner("clear@fabrikam.com");

        assertThat(james.awaitEvent(MailEvent.Type.DEFERRED, "clear@fabrikam.com")
                        .connector())
                .contains("To Fabrikam");
        assertThat(partnerWithoutTls.connections()).isPositive();
        assertThat(partnerWithoutTls.commands())
                .noneMatch(command -> command.line().toUpperCase(Locale.ROOT).startsWith("MAIL"));
    }

    @Test
    void explainsAndShowsItsConfigurationOverWebAdmin() throws Exception {
        assertThat(webadmin("GET", "/mailflow/configuration", "").body()).contains("\"generation\"");
        assertThat(webadmin(
                                "POST",
                                "/mailflow/explain",
                                "{\"clientIp\":\"" + OWN_SERVER
                                        + "\",\"from\":\"chris@contoso.com\",\"to\":[\"erin@fabrikam.com\"]}")
                        .body())
                .contains("To Fabrikam");
    }

    private static void sendToPartner(String recipient) throws IOException {
        try (SmtpDialogue client = connect(OWN_SERVER)) {
            assertThat(client.sendMail("chris@contoso.com", List.of(recipient), message("to " + recipient))
                            .code())
                    .isEqualTo(250);
        }
    }

    private static SmtpDialogue connect(String from) throws IOException {
        return SmtpDialogue.connect(StockInstallation.HOST, smtp, from)
                .expect("220")
                .send("EHLO client.test")
                .expect("250");
    }

    private static void partnerAt(String address) {
        dns.remove(PARTNER_HOST, "A").a(PARTNER_HOST, address);
    }

    private static ReceivedMail only(SmtpSink sink, String recipient) {
        return Awaitility.await("mail for " + recipient)
                .atMost(PATIENCE)
                .until(
                        () -> sink.received().stream()
                                .filter(mail -> mail.recipientAddresses().equals(List.of(recipient)))
                                .toList(),
                        mails -> mails.size() == 1)
                .get(0);
    }

    private static byte[] message(String subject) {
        return ("From: chris@contoso.com\r\nSubject: " + subject + "\r\nMessage-ID: <" + subject.hashCode()
                        + "@contoso.com>\r\n\r\nHello.\r\n")
                .getBytes(US_ASCII);
    }

    private static HttpResponse<String> webadmin(String method, String path, String body)
            throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + webadmin + path))
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
