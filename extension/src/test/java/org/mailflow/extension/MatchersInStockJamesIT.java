package org.mailflow.extension;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** Matchers with literal arguments in the mailetcontainer.xml of a stock James: each marks the mail that it matches. */
class MatchersInStockJamesIT {

    private static final String PARTNER = "127.0.0.20";
    private static final String OTHER = "127.0.0.10";

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
    private static StockJames james;

    @BeforeAll
    static void start() throws IOException {
        sink = SmtpSink.builder().tls(AUTHORITY.issue("sink.test")).start();
        StockInstallation installation =
                new StockInstallation("matchers").identity(AUTHORITY.issue("mail.contoso.com"), AUTHORITY);
        installation.set("MAILFLOW_CERTS", installation.conf("certs")).set("SINK_PORT", sink.port());
        installation.set("MAILFLOW_SUBMISSION", false);
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

    private static void replace(Path file) throws IOException {
        try (InputStream ours = Objects.requireNonNull(
                MatchersInStockJamesIT.class.getResourceAsStream("/matchers/" + file.getFileName()))) {
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
        return SmtpDialogue.connect(StockInstallation.HOST, smtp, from)
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
