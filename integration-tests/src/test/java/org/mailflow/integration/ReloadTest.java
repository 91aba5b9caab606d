package org.mailflow.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.core.event.MailEvent;
import org.mailflow.testing.dns.LoopbackDns;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.smtp.SmtpSink;
import org.mailflow.testing.smtp.SmtpStage;
import org.mailflow.testing.tls.CertificateAuthority;

/**
 * A reload of the running server acts on the next mail, on mail that waits where it must, and on nothing where the
 * configuration has an error; and no mail is lost or doubled by it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReloadTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String DOMAIN = "fabrikam.test";
    private static final String BOB = "bob@" + DOMAIN;
    private static final int OK = 200;
    private static final int CONFLICT = 409;
    private static final int SENDERS = 4;
    private static final int MAILS_OF_EACH = 40;

    private static final String FRAME =
            """
            <mailflow>
              <server>
                <fqdn>mail.contoso.com</fqdn>
                <trustedCertificates>${env:MAILFLOW_TRUSTED}</trustedCertificates>
              </server>
              <organization name="contoso" premises="onPremises">
                <acceptedDomain name="contoso.com"/>
                <recipients>
                  <file>recipients.csv</file>
                </recipients>
                <inboundConnector name="Desks">
                  <connectorType>onPremises</connectorType>
                  <senderIPAddresses>127.0.0.10</senderIPAddresses>
                </inboundConnector>
            %s
              </organization>
            </mailflow>
            """;
    private static final String CONNECTOR =
            """
                <outboundConnector name="%s">
                  <connectorType>partner</connectorType>
                  <recipientDomains>%s</recipientDomains>
                  <useMXRecord>false</useMXRecord>
                  <smartHosts>[127.0.0.1]:%d</smartHosts>
                  <retryIntervals>1s</retryIntervals>
                </outboundConnector>
            """;

    private Path configuration;
    private LoopbackDns dns;
    private SmtpSink first;
    private SmtpSink second;
    private SmtpSink exchanger;
    private TestServer server;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        dns = LoopbackDns.start();
        first = SmtpSink.start();
        second = SmtpSink.start();
        exchanger = SmtpSink.builder().addresses("127.0.0.4").start();
        dns.mx(DOMAIN, 10, "mx." + DOMAIN).a("mx." + DOMAIN, "127.0.0.4");
        configuration = ConfigurationCopy.of(Side.ON_PREMISES.configuration(), directory.resolve("conf"));
        write();
        Environment environment = Environment.of(
                        Side.ON_PREMISES,
                        directory.resolve("certs"),
                        CertificateAuthority.create("Test authority"),
                        dns)
                .withMailExchanger(exchanger);
        server = TestServer.start(configuration, directory.resolve("data"), environment);
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
        sinks().forEach(SmtpSink::close);
        dns.close();
    }

    @AfterEach
    void behave() {
        sinks().forEach(SmtpSink::behave);
    }

    @Test
    void addsAConnector() throws Exception {
        reload();
        assertArrivesAt(exchanger, send());

        reload(connector("Fabrikam", first));

        assertArrivesAt(first, send());
    }

    @Test
    void changesAConnector() throws Exception {
        reload(connector("Fabrikam", first));
        assertArrivesAt(first, send());

        reload(connector("Fabrikam", second));

        assertArrivesAt(second, send());
    }

    @Test
    void removesAConnector() throws Exception {
        reload(connector("Fabrikam", first));
        assertArrivesAt(first, send());

        reload();

        assertArrivesAt(exchanger, send());
    }

    @Test
    void sendsWaitingMailTheChangedWay() throws Exception {
        reload(connector("Fabrikam", first));
        TestMail waiting = sendWhileItRefuses(first);

        reload(connector("Fabrikam", second));

        assertArrivesAt(second, waiting);
    }

    @Test
    void routesWaitingMailOfARemovedConnectorAgain() throws Exception {
        reload(connector("Fabrikam", first));
        TestMail byMx = sendWhileItRefuses(first);
        reload();
        assertArrivesAt(exchanger, byMx);

        reload(connector("Fabrikam", first));
        TestMail byAnother = sendWhileItRefuses(first);
        reload(connector("Another", second));
        assertArrivesAt(second, byAnother);
    }

    @Test
    void routesWaitingMailOfADisabledConnectorAgain() throws Exception {
        reload(connector("Fabrikam", first));
        TestMail waiting = sendWhileItRefuses(first);

        reload(connector("Fabrikam", first).replace("<useMXRecord>", "<enabled>false</enabled>\n      <useMXRecord>"));

        assertArrivesAt(exchanger, waiting);
    }

    @Test
    void refusesAConfigurationWithErrorsWhole() throws Exception {
        reload(connector("Fabrikam", first));
        List<String> flawed = List.of(
                connector("Fabrikam", second).replace("recipientDomains", "recipientDomain"),
                connector("Fabrikam", second).replace("false", "flase"),
                connector("Fabrikam", second) + connector("Fabrikam", second),
                connector("Fabrikam", second) + "<outboundConnector");

        for (String connectors : flawed) {
            write(connectors);
            HttpResponse<String> refusal = server.webAdmin().reload();

            assertThat(refusal.statusCode()).as(connectors).isEqualTo(CONFLICT);
            assertThat(refusal.body()).contains("\"severity\":\"error\"", "\"line\":", "\"remedy\":", "mailflow.xml");
            assertArrivesAt(first, send());
        }
        Files.delete(configuration.resolve("mailflow.xml"));
        assertThat(server.webAdmin().reload().statusCode()).isEqualTo(CONFLICT);
        assertArrivesAt(first, send());

        reload(connector("Fabrikam", second));
        assertArrivesAt(second, send());
    }

    @Test
    void losesAndDoublesNoMailWhileMailFlows() throws Exception {
        List<String> configurations =
                List.of(connector("Fabrikam", first), connector("Fabrikam", second), "", connector("Another", second));
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        List<Future<List<TestMail>>> sending = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            sending.add(senders.submit(this::sendMany));
        }
        for (int i = 0; sending.stream().anyMatch(one -> !one.isDone()); i++) {
            reload(configurations.get(i % configurations.size()));
            write("<broken/>");
            assertThat(server.webAdmin().reload().statusCode()).isEqualTo(CONFLICT);
        }
        senders.shutdown();
        List<TestMail> mails = new ArrayList<>();
        for (Future<List<TestMail>> sent : sending) {
            mails.addAll(sent.get());
        }

        assertThat(mails).hasSize(SENDERS * MAILS_OF_EACH);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(mails)
                .allSatisfy(mail -> assertThat(copies(mail)).isEqualTo(1)));
        assertThat(sinks().filter(sink ->
                        mails.stream().anyMatch(mail -> mail.at(sink).findAny().isPresent())))
                .as("the reloads took effect while mail flowed")
                .hasSizeGreaterThan(1);
    }

    private static String connector(String name, SmtpSink sink) {
        return CONNECTOR.formatted(name, DOMAIN, sink.port());
    }

    private void write(String... connectors) throws IOException {
        Files.writeString(configuration.resolve("mailflow.xml"), FRAME.formatted(String.join("\n", connectors)));
    }

    private void reload(String... connectors) throws IOException, InterruptedException {
        write(connectors);
        HttpResponse<String> response = server.webAdmin().reload();
        assertThat(response.statusCode()).as(response.body()).isEqualTo(OK);
    }

    private TestMail send() throws IOException {
        TestMail mail = TestMail.of(Contoso.CHRIS, BOB);
        try (SmtpDialogue smtp = server.connect(Contoso.DESK)) {
            assertThat(mail.sendIn(smtp).code()).isEqualTo(250);
        }
        return mail;
    }

    private List<TestMail> sendMany() throws IOException {
        List<TestMail> mails = new ArrayList<>();
        for (int i = 0; i < MAILS_OF_EACH; i++) {
            mails.add(send());
        }
        return mails;
    }

    private TestMail sendWhileItRefuses(SmtpSink sink) throws IOException {
        sink.on(SmtpStage.MAIL).reply("451 4.3.0 Later");
        TestMail mail = send();
        await().atMost(PATIENCE)
                .until(() -> server.eventsOf(mail).stream().anyMatch(event -> event.type() == MailEvent.Type.DEFERRED));
        return mail;
    }

    private void assertArrivesAt(SmtpSink sink, TestMail mail) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(mail.at(sink)).hasSize(1));
        assertThat(copies(mail)).isEqualTo(1);
    }

    private long copies(TestMail mail) {
        return sinks().mapToLong(sink -> mail.at(sink).count()).sum();
    }

    private Stream<SmtpSink> sinks() {
        return Stream.of(first, second, exchanger);
    }
}
