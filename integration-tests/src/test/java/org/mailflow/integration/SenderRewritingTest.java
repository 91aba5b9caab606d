package org.mailflow.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.core.event.MailEvent;
import org.mailflow.testing.dns.LoopbackDns;
import org.mailflow.testing.smtp.ReceivedMail;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.smtp.SmtpSink;
import org.mailflow.testing.smtp.SmtpStage;
import org.mailflow.testing.tls.CertificateAuthority;

/** A stranger's mail to a contact leaves with a sender of ours, and what comes back reaches the stranger. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class SenderRewritingTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String STRANGER = "127.0.0.9";
    private static final String OUTSIDE = "127.0.0.4";

    private final CertificateAuthority authority = CertificateAuthority.create("Test authority");
    private LoopbackDns dns;
    private SmtpSink internet;
    private Path directory;
    private Environment environment;
    private TestServer server;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        directory = folder;
        dns = LoopbackDns.start();
        internet = SmtpSink.builder().addresses(OUTSIDE).start();
        List.of("cpandl.com", "adatum.com")
                .forEach(domain -> dns.mx(domain, 10, "mx." + domain).a("mx." + domain, OUTSIDE));
        Path configuration = ConfigurationCopy.of(Side.CLOUD.configuration(), directory.resolve("conf"));
        Files.writeString(
                configuration.resolve("recipients.csv"),
                "erin@contoso.com,erin@cpandl.com,\n",
                StandardOpenOption.APPEND);
        environment = Environment.of(Side.CLOUD, directory.resolve("certs"), authority, dns)
                .withMailExchanger(internet);
        server = run();
    }

    private TestServer run() throws Exception {
        return TestServer.start(directory.resolve("conf"), directory.resolve("data"), environment);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        internet.close();
        dns.close();
    }

    @Test
    void whatComesBackReachesTheStrangerAfterARestartToo() throws Exception {
        TestMail mail = TestMail.of("pat@adatum.com", "erin@contoso.com");
        send(mail);
        ReceivedMail forwarded = arrived(mail);
        String sender = forwarded.sender().address();

        assertThat(sender).matches("erin\\+SRS=[A-Z2-7]{8}=[A-Z2-7]{3}=adatum\\.com=pat@contoso\\.com");
        assertThat(forwarded.recipientAddresses()).containsExactly("erin@cpandl.com");
        assertThat(server.eventsOf(mail))
                .filteredOn(event -> event.type() == MailEvent.Type.REWRITTEN)
                .anySatisfy(event -> assertThat(event.reason().orElse("")).contains("sender to " + sender));

        TestMail bounce = TestMail.of("", sender.toLowerCase(Locale.ROOT));
        send(bounce);

        assertThat(arrived(bounce).recipientAddresses()).containsExactly("pat@adatum.com");
        assertThat(arrived(bounce).sender().address()).isEmpty();

        server.close();
        server = run();
        TestMail late = TestMail.of("", sender);
        send(late);

        assertThat(arrived(late).recipientAddresses()).containsExactly("pat@adatum.com");
    }

    @Test
    void aForwardedMailThatIsRefusedIsReturnedToTheStranger() throws Exception {
        internet.on(SmtpStage.RCPT).containing("erin@cpandl.com").reply("550 5.1.1 No such user");

        send(TestMail.of("pat@adatum.com", "erin@contoso.com"));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(internet.received())
                .filteredOn(ReceivedMail::accepted)
                .anySatisfy(report -> {
                    assertThat(report.sender().address()).isEmpty();
                    assertThat(report.recipientAddresses()).containsExactly("pat@adatum.com");
                }));
    }

    @Test
    void aForgedSenderIsRefused() throws Exception {
        try (SmtpDialogue smtp = server.connect(STRANGER)) {
            smtp.send("MAIL FROM:<>").expect("250");
            smtp.send("RCPT TO:<erin+SRS=ABCDEFGH=ABC=adatum.com=pat@contoso.com>")
                    .expect("550 5.4.1");
            smtp.send("RCPT TO:<bounces+SRS=ABCDEFGH=ABC@contoso.com>").expect("550 5.4.1");
        }
    }

    private void send(TestMail mail) throws Exception {
        try (SmtpDialogue smtp = server.connect(STRANGER)) {
            assertThat(mail.sendIn(smtp).toString()).startsWith("250");
        }
    }

    private ReceivedMail arrived(TestMail mail) {
        await().atMost(PATIENCE).until(() -> mail.at(internet).findAny().isPresent());
        return mail.at(internet).findAny().orElseThrow();
    }
}
