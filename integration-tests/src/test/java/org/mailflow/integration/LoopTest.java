package org.mailflow.integration;

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
import org.mailflow.testing.smtp.ReceivedMail;
import org.mailflow.testing.smtp.SmtpDialogue;

/** Two premises of which each takes the other for the one that knows a recipient whom nobody has. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoopTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NOBODY = "nobody@contoso.com";

    private TwoPremises premises;
    private TestServer onPremises;
    private TestServer cloud;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        premises = new TwoPremises(directory, (side, configuration) -> looping(configuration.resolve("mailflow.xml")));
        onPremises = premises.server(Side.ON_PREMISES);
        cloud = premises.server(Side.CLOUD);
    }

    /** What both sides need for a loop. */
    static void looping(Path mailflow) throws IOException {
        Files.writeString(
                mailflow,
                Files.readString(mailflow)
                        .replace(
                                "<acceptedDomain name=\"contoso.com\" type=\"authoritative\"/>",
                                "<acceptedDomain name=\"contoso.com\" type=\"internalRelay\"/>")
                        .replace(
                                "<recipientDomains>contoso.mail.onmicrosoft.com</recipientDomains>",
                                "<recipientDomains>contoso.mail.onmicrosoft.com, contoso.com</recipientDomains>"));
    }

    @AfterAll
    void stop() throws IOException {
        premises.close();
    }

    @Test
    void aLoopEndsInItsFirstRoundWithOneAnswer() throws Exception {
        TestMail mail = TestMail.of(Contoso.ERIN, NOBODY);

        send(onPremises, mail);

        await().atMost(PATIENCE).until(() -> bounces().size() == 1);
        List<MailEvent> failed = of(onPremises, mail, MailEvent.Type.FAILED);
        assertThat(failed).hasSize(1);
        assertThat(failed.get(0).reply()).contains("554 5.4.6 Hop count exceeded - possible mail loop");
        assertThat(failed.get(0).reason().orElseThrow())
                .contains(
                        "outbound connector 'contoso/To the cloud' (its setting recipientDomains",
                        "inbound connector 'contoso/From the cloud'",
                        "contoso.com is internalRelay",
                        "mailflow.xml:");
        assertThat(of(onPremises, mail, MailEvent.Type.RECEIVED)).hasSize(2);
        assertThat(of(cloud, mail, MailEvent.Type.RECEIVED)).hasSize(1);
        assertThat(bounces().get(0).content().text()).contains("5.4.6").doesNotContain("To the cloud");
        await().during(Duration.ofSeconds(2))
                .atMost(PATIENCE)
                .until(() -> bounces().size() == 1);
        assertThat(premises.queuedMails()).isZero();
    }

    @Test
    void nobodyIsToldOfALoopOfABounce() throws Exception {
        TestMail mail = TestMail.of("", NOBODY);

        send(onPremises, mail);

        await().atMost(PATIENCE)
                .until(() -> of(onPremises, mail, MailEvent.Type.FAILED).size() == 1);
        assertThat(of(cloud, mail, MailEvent.Type.RECEIVED)).hasSize(1);
        await().atMost(PATIENCE).until(() -> premises.queuedMails() == 0);
    }

    private static void send(TestServer server, TestMail mail) throws IOException {
        try (SmtpDialogue smtp = server.connect(Contoso.STRANGER)) {
            assertThat(mail.sendIn(smtp).code()).isEqualTo(250);
        }
    }

    private static List<MailEvent> of(TestServer server, TestMail mail, MailEvent.Type type) throws IOException {
        return server.eventsOf(mail).stream()
                .filter(event -> event.type() == type)
                .toList();
    }

    private List<ReceivedMail> bounces() {
        return premises.internet().received();
    }
}
