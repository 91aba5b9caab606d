package org.mailflow.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.model.OutboundClient;
import org.mailflow.core.model.SmartHostAuthentication;
import org.mailflow.core.model.TlsSettings;
import org.mailflow.james.SampleConnector;
import org.mailflow.testing.smtp.SmtpCommand;
import org.mailflow.testing.smtp.SmtpSink;
import org.mailflow.testing.smtp.SmtpSinkBuilder;
import org.mailflow.testing.smtp.SmtpStage;
import org.mailflow.testing.tls.CertificateAuthority;

class ClientSettingsTest {

    private static final CertificateAuthority CA = CertificateAuthority.create("Test CA");
    private static final OutboundClient DEFAULT = OutboundClient.DEFAULT;

    private final Lab lab = new Lab();
    private Optional<SmtpSink> started = Optional.empty();

    @AfterEach
    void close() {
        lab.close();
        started.ifPresent(SmtpSink::close);
    }

    private SmtpSink deliverTo(SmtpSinkBuilder host, OutboundClient client, TlsSettings... tls) throws Exception {
        SmtpSink sink = host.start();
        started = Optional.of(sink);
        SampleConnector connector = SampleConnector.named("Fabrikam")
                .smartHosts("[127.0.0.1]:" + sink.port())
                .client(client);
        lab.trusting(CA).outbound(tls.length > 0 ? connector.tls(tls[0]) : connector);
        lab.start();
        lab.send("Fabrikam", "bob@fabrikam.com");
        return sink;
    }

    private static OutboundClient loggingOn(boolean requireTls) {
        return new OutboundClient(
                DEFAULT.maxOutboundConnections(),
                DEFAULT.smtpMaxMessagesPerConnection(),
                DEFAULT.connectionInactivityTimeOut(),
                Optional.of(new SmartHostAuthentication(requireTls, "relay", "pässword")),
                List.of(),
                false);
    }

    private static SmtpSinkBuilder offering(String... extensions) {
        return SmtpSink.builder().capabilities(extensions);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void takesThePassword(SmtpSink host) {
        host.on(SmtpStage.OTHER)
                .containing("AUTH PLAIN " + base64("\0relay\0pässword"))
                .reply("235 2.7.0 OK");
        host.on(SmtpStage.OTHER).containing("AUTH LOGIN").reply("334 VXNlcm5hbWU6");
        host.on(SmtpStage.OTHER).containing(base64("relay")).reply("334 UGFzc3dvcmQ6");
        host.on(SmtpStage.OTHER).containing(base64("pässword")).reply("235 2.7.0 OK");
    }

    private SmtpSink loggedOn(SmtpSinkBuilder host, boolean requireTls, TlsSettings... tls) throws Exception {
        SmtpSink sink = host.start();
        started = Optional.of(sink);
        takesThePassword(sink);
        SampleConnector connector = SampleConnector.named("Fabrikam")
                .smartHosts("[127.0.0.1]:" + sink.port())
                .client(loggingOn(requireTls));
        lab.trusting(CA).outbound(tls.length > 0 ? connector.tls(tls[0]) : connector);
        lab.start();
        lab.send("Fabrikam", "bob@fabrikam.com");
        return sink;
    }

    private static List<String> verbs(SmtpSink host) {
        return host.commands().stream()
                .map(SmtpCommand::line)
                .map(line -> line.split(" ", 2)[0])
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"AUTH PLAIN LOGIN", "AUTH LOGIN", "AUTH=LOGIN", "auth cram-md5 plain"})
    void logsOnByWhatTheHostOffers(String offer) throws Exception {
        SmtpSink host =
                loggedOn(offering(offer).tls(CA.issue("mail.fabrikam.com")), true, TlsSettings.CERTIFICATE_VALIDATION);

        lab.await(MailEvent.Type.DELIVERED, 1);

        assertThat(verbs(host)).startsWith("EHLO", "STARTTLS", "EHLO", "AUTH");
        assertThat(host.commands())
                .filteredOn(command -> command.line().startsWith("AUTH"))
                .singleElement()
                .matches(SmtpCommand::encrypted);
    }

    @Test
    void logsOnOnceForManyMails() throws Exception {
        SmtpSink host = loggedOn(offering("AUTH PLAIN").tls(CA.issue("mail.fabrikam.com")), true);
        lab.await(MailEvent.Type.DELIVERED, 1);

        lab.send("Fabrikam", "alice@fabrikam.com");
        lab.await(MailEvent.Type.DELIVERED, 2);

        assertThat(verbs(host)).containsOnlyOnce("AUTH");
    }

    @Test
    void showsNoPasswordWithoutTls() throws Exception {
        SmtpSink host = loggedOn(offering("AUTH PLAIN LOGIN"), true);

        assertThat(lab.await(MailEvent.Type.DEFERRED, 1).get(0).reply().orElse(""))
                .contains("TLS is required to log on");
        assertThat(verbs(host)).doesNotContain("AUTH", "MAIL");
    }

    @Test
    void logsOnInClearTextWhereThatIsChosen() throws Exception {
        SmtpSink host = loggedOn(offering("AUTH PLAIN LOGIN"), false);

        lab.await(MailEvent.Type.DELIVERED, 1);

        assertThat(verbs(host)).startsWith("EHLO", "AUTH", "MAIL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"535 5.7.8 Wrong password", "454 4.7.0 Temporary failure", "504 5.5.4 Unknown mechanism"})
    void aPasswordThatIsRefusedReturnsNoMail(String refusal) throws Exception {
        SmtpSink host = offering("AUTH PLAIN").start();
        started = Optional.of(host);
        host.on(SmtpStage.OTHER).containing("AUTH").reply(refusal);
        lab.outbound(SampleConnector.named("Fabrikam")
                .smartHosts("[127.0.0.1]:" + host.port())
                .client(loggingOn(false)));
        lab.start();

        lab.send("Fabrikam", "bob@fabrikam.com");

        assertThat(lab.await(MailEvent.Type.DEFERRED, 1).get(0).reply().orElse(""))
                .contains("cannot log on as relay: " + refusal);
        assertThat(lab.spool).isEmpty();
        assertThat(lab.events.toString()).doesNotContain("pässword", base64("pässword"));
    }

    @Test
    void aHostWithoutAMechanismReturnsNoMail() throws Exception {
        loggedOn(offering("PIPELINING", "AUTH CRAM-MD5"), false);

        assertThat(lab.await(MailEvent.Type.DEFERRED, 1).get(0).reply().orElse(""))
                .contains("offers neither AUTH PLAIN nor LOGIN");
    }

    @Test
    void connectsFromTheAddressThatIsSet() throws Exception {
        SmtpSink host = deliverTo(SmtpSink.builder(), from("127.0.0.2"));

        lab.await(MailEvent.Type.DELIVERED, 1);

        assertThat(host.received().get(0).peer().client().getAddress().getHostAddress())
                .isEqualTo("127.0.0.2");
    }

    @Test
    void connectsNoHostOfAnotherFamilyThanTheAddressThatIsSet() throws Exception {
        SmtpSink host = deliverTo(SmtpSink.builder(), from("::1"));

        assertThat(lab.await(MailEvent.Type.DEFERRED, 1).get(0).reply().orElse(""))
                .contains("sourceIPAddress");
        assertThat(host.connections()).isZero();
    }

    private static OutboundClient from(String address) {
        return new OutboundClient(
                OptionalInt.empty(),
                100,
                Duration.ofSeconds(5),
                Optional.empty(),
                List.of(IpAddress.parse(address)),
                false);
    }

    @Test
    void greetsWithHeloWhereThatIsForced() throws Exception {
        SmtpSink host = deliverTo(
                SmtpSink.builder(),
                new OutboundClient(OptionalInt.empty(), 100, Duration.ofSeconds(5), Optional.empty(), List.of(), true));

        lab.await(MailEvent.Type.DELIVERED, 1);

        assertThat(verbs(host)).startsWith("HELO", "MAIL");
        assertThat(host.received().get(0).sender().parameters()).isEmpty();
    }

    @Test
    void endsASessionAfterSoManyMailsAndAfterSoLongWithoutAny() throws Exception {
        SmtpSink host = deliverTo(
                SmtpSink.builder(),
                new OutboundClient(OptionalInt.empty(), 2, Duration.ofSeconds(1), Optional.empty(), List.of(), false));
        lab.await(MailEvent.Type.DELIVERED, 1);
        lab.send("Fabrikam", "two@fabrikam.com");
        lab.await(MailEvent.Type.DELIVERED, 2);
        lab.send("Fabrikam", "three@fabrikam.com");
        lab.await(MailEvent.Type.DELIVERED, 3);

        assertThat(host.connections()).isEqualTo(2);
        await().atMost(Lab.SOON)
                .until(() -> verbs(host).stream().filter("QUIT"::equals).count() == 2);
    }
}
