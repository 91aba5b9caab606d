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
import org.mailflow.testing.smtp.ReceivedMail;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.smtp.SmtpSink;
import org.mailflow.testing.tls.CertificateAuthority;
import org.mailflow.testing.tls.TlsContexts;

/**
 * Two premises that each take the other for the one that knows a recipient, with a device between them that removes the loop mark;
 * and mail with marks that is no loop.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class LoopsBeyondTheMarkTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String NOBODY = "nobody@contoso.com";
    /** Each round takes three: on-premises, the cloud and the device. On-premises hands the mail over for the last time. */
    private static final int HOPS = 9;

    private final CertificateAuthority authority = CertificateAuthority.create("Test authority");
    private LoopbackDns dns;
    private SmtpSink internet;
    private SmtpSink beforeOnPremises;
    private StrippingDevice device;
    private TestServer onPremises;
    private TestServer cloud;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        int onPremisesPort = FreePort.at("127.0.0.1");
        int cloudPort = FreePort.at("127.0.0.1");
        dns = LoopbackDns.start();
        dns.a(Side.CLOUD.host(), "127.0.0.1").a(Side.ON_PREMISES.host(), "127.0.0.1");
        dns.mx("cpandl.com", 10, "mail.cpandl.com").a("mail.cpandl.com", Contoso.CPANDL);
        internet = SmtpSink.builder().addresses(Contoso.CPANDL).start();
        beforeOnPremises = SmtpSink.builder()
                .addresses("127.0.0.1")
                .tls(authority.issue(Side.ON_PREMISES.host()))
                .start();
        device = new StrippingDevice(
                beforeOnPremises, TlsContexts.client(authority.issue(Side.CLOUD.host()), authority), onPremisesPort);
        onPremises = server(Side.ON_PREMISES, directory.resolve("onpremises"), onPremisesPort, cloudPort);
        cloud = server(Side.CLOUD, directory.resolve("cloud"), cloudPort, beforeOnPremises.port());
    }

    private TestServer server(Side side, Path directory, int port, int otherPort) throws Exception {
        Path configuration = ConfigurationCopy.of(side.configuration(), directory.resolve("conf"));
        Path mailflow = configuration.resolve("mailflow.xml");
        LoopTest.looping(mailflow);
        Files.writeString(
                mailflow,
                Files.readString(mailflow)
                        .replaceFirst("(<organization [^>]*>)", "$1\n    <maxHopCount>" + HOPS + "</maxHopCount>"));
        Environment environment = Environment.of(side, directory.resolve("certs"), authority, dns)
                .with("MAILFLOW_SMTP_BIND", "127.0.0.1:" + port)
                .with(side.other().variable("PORT"), Integer.toString(otherPort))
                .withMailExchanger(internet);
        return TestServer.start(configuration, directory.resolve("data"), environment, Contoso.CHRIS);
    }

    @AfterAll
    void stop() throws IOException {
        onPremises.close();
        cloud.close();
        device.close();
        beforeOnPremises.close();
        internet.close();
        dns.close();
    }

    @Test
    void withoutItsMarkALoopEndsAtTheHopLimitWithOneAnswer() throws Exception {
        TestMail mail = TestMail.of(Contoso.ERIN, NOBODY);

        send(mail, mail.content());

        await().atMost(PATIENCE).until(() -> answers(mail).size() == 1);
        assertThat(answers(mail).get(0).content().text()).contains("5.4.14");
        List<MailEvent> refused = cloud.events(event ->
                event.type() == MailEvent.Type.REFUSED && event.recipients().contains(NOBODY));
        assertThat(refused).hasSize(1);
        assertThat(refused.get(0).reply().orElseThrow())
                .startsWith("554 5.4.14 Hop count exceeded - possible mail loop");
        assertThat(refused.get(0).reason().orElseThrow())
                .contains(HOPS + " are allowed in the cloud", "3 times by inbound connector 'From on-premises'");
        assertThat(of(onPremises, mail, MailEvent.Type.RECEIVED)).hasSizeBetween(2, HOPS);
        assertThat(of(onPremises, mail, MailEvent.Type.FAILED))
                .as("on-premises handed the mail over for the last time")
                .hasSize(1);
        await().atMost(PATIENCE).until(() -> onPremises.queuedMails() + cloud.queuedMails() == 0);
        assertThat(answers(mail)).hasSize(1);
    }

    @Test
    void mailThatAForwarderBeyondHandsBackIsDeliveredOnce() throws Exception {
        TestMail mail = TestMail.of(Contoso.ERIN, "forwarder@cpandl.com");
        try (SmtpDialogue smtp = onPremises.connect(Contoso.DESK)) {
            smtp.startTls(TlsContexts.client(authority.issue(Side.CLOUD.host()), authority));
            smtp.send("EHLO " + Side.CLOUD.host()).expect("250");
            assertThat(mail.sendIn(smtp).code()).isEqualTo(250);
        }
        await().atMost(PATIENCE).until(() -> mail.at(internet).count() == 1);
        byte[] marked = mail.at(internet).findFirst().orElseThrow().content().bytes();

        send(new TestMail(mail.messageId(), Contoso.ERIN, List.of(Contoso.CHRIS)), marked);

        assertThat(new String(marked, US_ASCII)).contains("X-Mailflow-Loop: contoso;");
        await().atMost(PATIENCE)
                .until(() -> onPremises.inbox(Contoso.CHRIS).copiesOf(mail).size() == 1);
        assertThat(of(onPremises, mail, MailEvent.Type.FAILED)).isEmpty();
    }

    @Test
    void marksOfOthersAreNone() throws Exception {
        TestMail mail = TestMail.of(Contoso.ERIN, Contoso.CHRIS);
        String forged =
                """
                X-Mailflow-Loop: contoso; AAAAAAAAAAAA AAAAAAAAAAAB AAAAAAAAAAAC AAAAAAAAAAAD
                X-Mailflow-Loop: fabrikam; q83vEjRWeJAB q83vEjRWeJAC;
                \tkept q83vEjRWeJAD
                X-Mailflow-Loop: ;;;
                """;
        byte[] content = (forged.replace("\n", "\r\n") + new String(mail.content(), US_ASCII)).getBytes(US_ASCII);

        send(mail, content);

        await().atMost(PATIENCE)
                .until(() -> onPremises.inbox(Contoso.CHRIS).copiesOf(mail).size() == 1);
        assertThat(of(onPremises, mail, MailEvent.Type.FAILED)).isEmpty();
    }

    private void send(TestMail mail, byte[] content) throws IOException {
        try (SmtpDialogue smtp = onPremises.connect(Contoso.STRANGER)) {
            assertThat(smtp.sendMail(mail.sender(), mail.recipients(), content).code())
                    .isEqualTo(250);
        }
    }

    private static List<MailEvent> of(TestServer server, TestMail mail, MailEvent.Type type) throws IOException {
        return server.eventsOf(mail).stream()
                .filter(event -> event.type() == type)
                .toList();
    }

    /** What came back to the sender of a mail: it quotes the header. */
    private List<ReceivedMail> answers(TestMail mail) {
        return internet.received().stream()
                .filter(received -> received.sender().address().isEmpty()
                        && received.content().text().contains(mail.messageId()))
                .toList();
    }
}
