package org.mailflow.integration;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.core.event.MailEvent;
import org.mailflow.testing.dns.LoopbackDns;
import org.mailflow.testing.smtp.MailContent;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.smtp.SmtpReply;
import org.mailflow.testing.smtp.SmtpSink;
import org.mailflow.testing.smtp.SmtpStage;
import org.mailflow.testing.tls.CertificateAuthority;
import org.mailflow.testing.tls.TlsContexts;

/**
 * Two organizations on one server, each with its own other premises, recipients and way out: mail between them stays here and is a
 * stranger's mail to the receiver, and neither has anything of the other's.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class TwoOrganizationsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String CONTOSOS_CLOUD = "cloud.contoso.com";
    private static final String TAILSPINS_CLOUD = "cloud.tailspin.com";
    private static final String CHRIS = "chris@contoso.com";
    private static final String DORA = "dora@contoso.com";
    private static final String FRANK = "frank@tailspin.com";
    private static final String ERIN = "erin@cpandl.com";
    private static final String AUTH_AS = "X-MS-Exchange-Organization-AuthAs";
    private static final String SCL = "X-MS-Exchange-Organization-SCL";
    private static final String TOLD_BY_CONTOSO =
            """
            X-MS-Exchange-CrossPremises-AuthAs: Internal\r
            X-MS-Exchange-CrossPremises-SCL: -1\r
            X-MS-Exchange-CrossPremises-AuthSource: secret.contoso.com\r
            X-MS-Exchange-Organization-AuthAs: Internal\r
            X-MS-Exchange-Organization-SCL: -1\r
            X-MS-Exchange-Organization-Contoso: only contoso's\r
            X-OriginatorOrg: contoso.com\r
            """;

    private final CertificateAuthority authority = CertificateAuthority.create("Test authority");
    private LoopbackDns dns;
    private SmtpSink outOfContoso;
    private SmtpSink outOfTailspin;
    private SmtpSink internet;
    private TestServer server;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        dns = LoopbackDns.start();
        dns.mx("cpandl.com", 10, "mx.cpandl.com").a("mx.cpandl.com", Contoso.CPANDL);
        outOfContoso = wayOut("relay.contoso.com");
        outOfTailspin = wayOut("relay.tailspin.com");
        internet = SmtpSink.builder().addresses(Contoso.CPANDL).start();
        Path configuration = ConfigurationCopy.of(Side.ON_PREMISES.configuration(), directory.resolve("conf"));
        ConfigurationCopy.of(Path.of("src", "test", "resources", "organizations"), configuration);
        Path certificates = directory.resolve("certs");
        Environment environment = Environment.of(Side.ON_PREMISES, certificates, authority, dns)
                .with("MAILFLOW_FQDN", "gateway.test")
                .with("CONTOSO_PORT", Integer.toString(outOfContoso.port()))
                .with("TAILSPIN_PORT", Integer.toString(outOfTailspin.port()))
                .withMailExchanger(internet);
        Files.move(
                authority
                        .issue("mail.tailspin.com")
                        .writePem(certificates, "tailspin")
                        .certificates(),
                certificates.resolve("tailspin.pem"));
        server = TestServer.start(configuration, directory.resolve("data"), environment, CHRIS, DORA, FRANK);
    }

    private SmtpSink wayOut(String name) throws IOException {
        return SmtpSink.builder()
                .addresses(Contoso.CPANDL)
                .tls(authority.issue(name))
                .askForClientCertificate()
                .start();
    }

    @AfterAll
    void stop() throws IOException {
        server.close();
        outOfContoso.close();
        outOfTailspin.close();
        internet.close();
        dns.close();
    }

    @Test
    void mailBetweenThemStaysHereAndIsAStrangersMail() throws Exception {
        TestMail between = TestMail.of(CHRIS, FRANK);
        TestMail within = TestMail.of(CHRIS, DORA);

        assertThat(bring(CONTOSOS_CLOUD, between, TOLD_BY_CONTOSO).code()).isEqualTo(250);
        assertThat(bring(CONTOSOS_CLOUD, within, TOLD_BY_CONTOSO).code()).isEqualTo(250);

        MailContent atFrank = arrived(FRANK, between);
        assertThat(atFrank.headers(AUTH_AS)).containsExactly("Anonymous");
        assertThat(atFrank.headers(SCL)).isEmpty();
        assertThat(atFrank.text().substring(0, atFrank.text().indexOf("\r\n\r\n")))
                .doesNotContain("secret.contoso.com", "only contoso's", "CrossPremises");
        assertThat(received(between))
                .startsWith("external: mail of contoso is anybody's to the organization of " + FRANK);
        MailContent atDora = arrived(DORA, within);
        assertThat(atDora.headers(AUTH_AS)).containsExactly("Internal");
        assertThat(received(within)).startsWith("internal: ");
        assertThat(outOfContoso.transactions().stream().filter(mail -> between.isIn(mail.content())))
                .isEmpty();
        assertThat(outOfTailspin.transactions().stream().filter(mail -> between.isIn(mail.content())))
                .isEmpty();
    }

    @Test
    void eachLeavesByItsOwnConnectorWithItsOwnCertificate() throws Exception {
        TestMail ofContoso = TestMail.of(CHRIS, ERIN);
        TestMail ofTailspin = TestMail.of(FRANK, ERIN);

        assertThat(bring(CONTOSOS_CLOUD, ofContoso, "").code()).isEqualTo(250);
        assertThat(bring(TAILSPINS_CLOUD, ofTailspin, "").code()).isEqualTo(250);

        await().atMost(PATIENCE).until(() -> ofContoso.at(outOfContoso).count() == 1);
        await().atMost(PATIENCE).until(() -> ofTailspin.at(outOfTailspin).count() == 1);
        assertThat(ofContoso.at(outOfTailspin)).isEmpty();
        assertThat(ofTailspin.at(outOfContoso)).isEmpty();
        assertThat(connectorOf(ofContoso)).isEqualTo("contoso/Out");
        assertThat(connectorOf(ofTailspin)).isEqualTo("tailspin/Out");
    }

    /** The other's sender gives nothing: what counts is the certificate. */
    @Test
    void aConnectorOfOneRelaysInItsOwnNameOnly() throws Exception {
        TestMail inTheOthersName = TestMail.of(FRANK, ERIN);

        assertThat(bring(CONTOSOS_CLOUD, inTheOthersName, "").code()).isEqualTo(250);

        await().atMost(PATIENCE).until(() -> inTheOthersName.at(outOfContoso).count() == 1);
        assertThat(inTheOthersName.at(outOfTailspin)).isEmpty();
        assertThat(server.eventsOf(inTheOthersName))
                .filteredOn(event -> event.type() == MailEvent.Type.RECEIVED)
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.organization()).contains("contoso");
                    assertThat(event.reason().orElseThrow()).startsWith("external: ");
                });
    }

    @Test
    void eachRefusesWhomItDoesNotHave() throws Exception {
        try (SmtpDialogue smtp = server.connect(Contoso.STRANGER)) {
            smtp.send("MAIL FROM:<" + ERIN + ">").expect("250");
            smtp.send("RCPT TO:<frank@contoso.com>").expect("550 5.4.1");
            smtp.send("RCPT TO:<chris@tailspin.com>").expect("550 5.4.1");
            smtp.send("RCPT TO:<" + CHRIS + ">").expect("250");
            smtp.send("RCPT TO:<" + FRANK + ">").expect("250");
            smtp.send("RCPT TO:<" + ERIN + ">").expect("550 5.7.1");
        }
    }

    @Test
    void anAnswerGoesBackToTheSenderAndByNobodyElsesConnector() throws Exception {
        TestMail mail = TestMail.of(FRANK, "gone@cpandl.com");
        outOfTailspin.on(SmtpStage.RCPT).containing("gone@cpandl.com").reply("550 5.1.1 Nobody");

        assertThat(bring(TAILSPINS_CLOUD, mail, "").code()).isEqualTo(250);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(server.inbox(FRANK).mails())
                        .filteredOn(content -> content.text().contains("gone@cpandl.com"))
                        .hasSize(1));
        assertThat(outOfContoso.commands())
                .noneMatch(command -> command.line().contains("gone@cpandl.com")
                        || command.line().contains(FRANK));
        assertThat(server.inbox(CHRIS).mails())
                .noneMatch(content -> content.text().contains("gone@cpandl.com"));
    }

    /** A server that proves its name brings a mail, with these fields before its own. */
    private SmtpReply bring(String host, TestMail mail, String fields) throws IOException {
        try (SmtpDialogue smtp = server.connect(Contoso.STRANGER)) {
            smtp.startTls(TlsContexts.client(authority.issue(host), authority));
            smtp.send("EHLO " + host).expect("250");
            String content = fields.replace("\n", "\r\n").replace("\r\r", "\r") + new String(mail.content(), US_ASCII);
            return smtp.sendMail(mail.sender(), mail.recipients(), content.getBytes(US_ASCII));
        }
    }

    private MailContent arrived(String user, TestMail mail) throws Exception {
        await().atMost(PATIENCE).until(() -> server.inbox(user).copiesOf(mail).size() == 1);
        return server.inbox(user).copiesOf(mail).get(0);
    }

    private String received(TestMail mail) throws IOException {
        return server.eventsOf(mail).stream()
                .filter(event -> event.type() == MailEvent.Type.RECEIVED)
                .findFirst()
                .flatMap(MailEvent::reason)
                .orElse("");
    }

    private String connectorOf(TestMail mail) throws IOException {
        List<MailEvent> routed = server.eventsOf(mail).stream()
                .filter(event -> event.type() == MailEvent.Type.ROUTED)
                .toList();
        assertThat(routed).hasSize(1);
        return routed.get(0).organization().orElse("") + "/"
                + routed.get(0).connector().orElse("");
    }
}
