package org.mailflow.integration;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.json.InvalidJsonException;
import org.mailflow.core.json.JsonTexts;
import org.mailflow.core.operation.QueuedMail;
import org.mailflow.testing.dns.LoopbackDns;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.smtp.SmtpSink;
import org.mailflow.testing.tls.CertificateAuthority;

/**
 * A server with two connectors, each with a sink behind it: {@code contoso/Fabrikam} for fabrikam.test, and {@code
 * contoso/Other} for other.test. What is put off is tried again after an hour, so that nothing moves but by an operator.
 */
final class OperatedServer implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofMinutes(2);
    static final String FABRIKAM = "contoso/Fabrikam";
    static final String OTHER = "contoso/Other";

    private static final String CONFIGURATION =
            """
            <mailflow>
              <server>
                <fqdn>mail.contoso.com</fqdn>
                <certificate name="mail.contoso.com">
                  <certificateFile>${env:MAILFLOW_CERTS}/mail.pem</certificateFile>
                  <privateKeyFile>${env:MAILFLOW_CERTS}/mail.key</privateKeyFile>
                </certificate>
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
                <outboundConnector name="Fabrikam">
                  <connectorType>partner</connectorType>
                  <recipientDomains>fabrikam.test</recipientDomains>
                  <useMXRecord>false</useMXRecord>
                  <smartHosts>[127.0.0.1]:%d</smartHosts>
                  <retryIntervals>1h</retryIntervals>
                </outboundConnector>
                <outboundConnector name="Other">
                  <connectorType>partner</connectorType>
                  <recipientDomains>other.test</recipientDomains>
                  <useMXRecord>false</useMXRecord>
                  <smartHosts>[127.0.0.1]:%d</smartHosts>
                  <retryIntervals>1h</retryIntervals>
                </outboundConnector>
              </organization>
            </mailflow>
            """;

    private final JsonTexts json = new JsonTexts();
    private final LoopbackDns dns = LoopbackDns.start();
    private final SmtpSink fabrikam = SmtpSink.start();
    private final SmtpSink other = SmtpSink.start();
    private final Path configuration;
    private final Path data;
    private final Environment environment;
    private TestServer server;

    OperatedServer(Path directory) throws Exception {
        configuration = ConfigurationCopy.of(Side.ON_PREMISES.configuration(), directory.resolve("conf"));
        data = directory.resolve("data");
        Files.writeString(
                configuration.resolve("mailflow.xml"), CONFIGURATION.formatted(fabrikam.port(), other.port()));
        environment = Environment.of(
                Side.ON_PREMISES, directory.resolve("certs"), CertificateAuthority.create("Test authority"), dns);
        server = TestServer.start(configuration, data, environment, Contoso.CHRIS);
    }

    /** Stops the server, and starts it on its old data. */
    void restart() throws Exception {
        server.close();
        server = TestServer.start(configuration, data, environment);
    }

    /** Edits mailflow.xml, and lets the server read it anew. */
    void edit(UnaryOperator<String> edit) throws IOException, InterruptedException {
        Path file = configuration.resolve("mailflow.xml");
        Files.writeString(file, edit.apply(Files.readString(file)));
        HttpResponse<String> answer = webAdmin().reload();
        if (answer.statusCode() != 200) {
            throw new IOException("reload answered " + answer.statusCode() + ": " + answer.body());
        }
    }

    TestServer server() {
        return server;
    }

    SmtpSink fabrikam() {
        return fabrikam;
    }

    SmtpSink other() {
        return other;
    }

    WebAdmin webAdmin() {
        return server.webAdmin();
    }

    /** Runs a command against this server. */
    CommandRun run(String... arguments) throws IOException {
        return webAdmin().command(arguments);
    }

    /** Sends a mail from a desk of ours. */
    TestMail send(String... recipients) throws IOException {
        TestMail mail = TestMail.of(Contoso.CHRIS, recipients);
        try (SmtpDialogue smtp = server.connect(Contoso.DESK)) {
            mail.sendIn(smtp);
        }
        return mail;
    }

    /** Sends a mail and waits until it was put off. */
    TestMail sendInVain(String recipient) throws IOException {
        TestMail mail = send(recipient);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> server.eventsOf(mail).stream().anyMatch(event -> event.type() == MailEvent.Type.DEFERRED)
                        && mails("?queue=contoso/Fabrikam").stream()
                                .anyMatch(queued -> queued.nextAttempt().isPresent()
                                        && queued.recipients().contains(recipient)));
        return mail;
    }

    /** The id under which a mail is queued. */
    String idOf(String recipient) throws Exception {
        return mails("").stream()
                .filter(mail -> mail.recipients().contains(recipient))
                .map(QueuedMail::id)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no mail to " + recipient + " is queued"));
    }

    /** The mails in its queues. */
    List<QueuedMail> mails(String query) throws IOException, InterruptedException, InvalidJsonException {
        String body = webAdmin().get("/mailflow/queues/mails" + query).body();
        return List.of(json.read(body, QueuedMail[].class));
    }

    @Override
    public void close() throws IOException {
        server.close();
        fabrikam.close();
        other.close();
        dns.close();
    }
}
