package org.mailflow.extension;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.smtp.SmtpSink;
import org.mailflow.testing.tls.CertificateAuthority;
import org.mailflow.testing.tls.TlsContexts;

/**
 * A stock James with what an administrator may add to conf/extension: matchers with literal arguments, each of which marks
 * the mail that it matches, and the listener for servers that have a certificate.
 */
class ChangedConfigurationIT {

    private static final String PARTNER = "127.0.0.20";
    private static final String OTHER = "127.0.0.10";
    private static final String STRANGER = "127.0.0.66";

    private static final List<String> MARKS =
            List.of("In-Partner-Range", "Over-Tls", "Over-Tls-1-3", "Tls-Required", "To-Cloud");
    private static final String MATCHERS =
            """
            <mailet match="org.mailflow.matchers.SenderIsInPartnerIpRange=192.0.2.0/24,127.0.0.16/28,2001:db8::/32"
                    class="SetMimeHeader"><name>X-Mark</name><value>In-Partner-Range</value></mailet>
            <mailet match="org.mailflow.matchers.ReceivedOverTls"
                    class="SetMimeHeader"><name>X-Mark</name><value>Over-Tls</value></mailet>
            <mailet match="org.mailflow.matchers.ReceivedOverTls=TLSv1.3"
                    class="SetMimeHeader"><name>X-Mark</name><value>Over-Tls-1-3</value></mailet>
            <mailet match="org.mailflow.matchers.TlsIsRequired=contoso/To the cloud"
                    class="SetMimeHeader"><name>X-Mark</name><value>Tls-Required</value></mailet>
            <mailet match="org.mailflow.matchers.RecipientIsCloud"
                    class="SetMimeHeader"><name>X-Mark</name><value>To-Cloud</value></mailet>
            """;

    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("Root");

    private static SmtpSink sink;
    private static int smtp;
    private static int withCertificate;
    private static StockJames james;

    @BeforeAll
    static void start() throws IOException {
        sink = SmtpSink.builder().tls(AUTHORITY.issue("sink.test")).start();
        StockInstallation installation =
                new StockInstallation("changed").identity(AUTHORITY.issue("mail.contoso.com"), AUTHORITY);
        installation.set("MAILFLOW_CERTS", installation.conf("certs")).set("SINK_PORT", sink.port());
        installation.set("MAILFLOW_SUBMISSION", false);
        installation.set("MAILFLOW_CERTIFICATE_LISTENER", true);
        installation.set("MAILFLOW_TRUST_STORE", writeTrustStore(installation.conf("certs/trusted.p12")));
        withCertificate = installation.listen("MAILFLOW_CERTIFICATE_BIND");
        smtp = installation.listen("MAILFLOW_SMTP_BIND");
        replace(installation.conf("mailflow.xml"));
        replace(installation.conf("recipients.csv"));
        Path container = installation.conf("mailetcontainer.xml");
        String text = Files.readString(container);
        assertThat(text).contains("<processor state=\"root\">");
        Files.writeString(
                container, text.replace("<processor state=\"root\">", "<processor state=\"root\">" + MATCHERS));
        james = installation.launch().awaitStart();
    }

    /** As keytool makes one, with the secret that conf/extension has. */
    private static Path writeTrustStore(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("root", AUTHORITY.certificate());
            store.store(out, "changeit".toCharArray());
            return file;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static void replace(Path file) throws IOException {
        try (InputStream ours = Objects.requireNonNull(
                ChangedConfigurationIT.class.getResourceAsStream("/changed/" + file.getFileName()))) {
            Files.writeString(file, new String(ours.readAllBytes(), UTF_8));
        }
    }

    @AfterAll
    static void stop() {
        james.close();
        sink.close();
    }

    @Test
    void marksMailFromThePartnersAddresses() throws IOException {
        send(PARTNER, "range@cpandl.com");
        send(OTHER, "elsewhere@cpandl.com");

        assertThat(marks("range@cpandl.com")).containsExactly("In-Partner-Range");
        assertThat(marks("elsewhere@cpandl.com")).isEmpty();
    }

    @Test
    void marksMailThatCameOverTls() throws IOException {
        sendOverTls(OTHER, "secret@cpandl.com");
        send(OTHER, "clear@cpandl.com");

        assertThat(marks("secret@cpandl.com")).containsExactly("Over-Tls", "Over-Tls-1-3");
        assertThat(marks("clear@cpandl.com")).isEmpty();
    }

    /** James splits the mail: the matchers matched one of its recipients only. */
    @Test
    void marksOnlyTheCopyOfARecipientInTheCloud() throws IOException {
        send(OTHER, "david@contoso.com", "internet@cpandl.com");

        assertThat(marks("david@contoso.mail.onmicrosoft.com")).containsExactly("Tls-Required", "To-Cloud");
        assertThat(marks("internet@cpandl.com")).isEmpty();
    }

    @Test
    void knowsAServerByItsCertificateOnTheSecondListener() throws IOException {
        try (SmtpDialogue client = connect(STRANGER, withCertificate)) {
            client.startTls(TlsContexts.client(AUTHORITY.issue("cloud.contoso.com"), AUTHORITY))
                    .send("EHLO cloud.contoso.com")
                    .expect("250");
            send(client, "known@cpandl.com");
        }

        assertThat(marks("known@cpandl.com")).containsExactly("Over-Tls", "Over-Tls-1-3");
    }

    @Test
    void relaysNothingForAServerWithAnotherCertificate() throws IOException {
        try (SmtpDialogue client = connect(STRANGER, withCertificate)) {
            client.startTls(TlsContexts.client(AUTHORITY.issue("cloud.tailspintoys.com"), AUTHORITY))
                    .send("EHLO cloud.contoso.com")
                    .expect("250");
            client.send("MAIL FROM:<chris@contoso.com>").expect("250");
            client.send("RCPT TO:<stranger@cpandl.com>").expectMatching("5\\d\\d .*");
        }
    }

    private static void send(String from, String... recipients) throws IOException {
        try (SmtpDialogue client = connect(from)) {
            send(client, recipients);
        }
    }

    private static void sendOverTls(String from, String... recipients) throws IOException {
        try (SmtpDialogue client = connect(from)) {
            client.startTls(TlsContexts.client(AUTHORITY))
                    .send("EHLO client.test")
                    .expect("250");
            send(client, recipients);
        }
    }

    private static SmtpDialogue connect(String from) throws IOException {
        return connect(from, smtp);
    }

    private static SmtpDialogue connect(String from, int port) throws IOException {
        return SmtpDialogue.connect(StockInstallation.HOST, port, from)
                .expect("220")
                .send("EHLO client.test")
                .expect("250");
    }

    private static void send(SmtpDialogue client, String... recipients) throws IOException {
        String mail = "From: chris@contoso.com\r\nSubject: Marks\r\n\r\nHello.\r\n";
        assertThat(client.sendMail("chris@contoso.com", List.of(recipients), mail.getBytes(US_ASCII))
                        .code())
                .isEqualTo(250);
    }

    /** The marks on the one mail that came for a recipient, in the order of {@link #MARKS}. */
    private static List<String> marks(String recipient) {
        List<String> headers = Awaitility.await("mail for " + recipient)
                .atMost(Duration.ofMinutes(1))
                .until(
                        () -> sink.received().stream()
                                .filter(mail -> mail.recipientAddresses().equals(List.of(recipient)))
                                .toList(),
                        mails -> mails.size() == 1)
                .get(0)
                .content()
                .headers("X-Mark");
        return MARKS.stream().filter(headers::contains).toList();
    }
}
