package org.mailflow.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.stream.IntStream;
import javax.mail.MessagingException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.model.OutboundClient;
import org.mailflow.core.model.TlsSettings;
import org.mailflow.james.SampleConnector;
import org.mailflow.testing.smtp.SmtpCommand;
import org.mailflow.testing.smtp.SmtpSink;
import org.mailflow.testing.smtp.SmtpStage;
import org.mailflow.testing.tls.CertificateAuthority;

/** A session serves one mail after the other, as long as the host likes it, and the connector's demands are the same. */
class KeptSessionsTest {

    private static final CertificateAuthority CA = CertificateAuthority.create("Trusted");

    private final Lab lab = new Lab();
    private SmtpSink host;

    @BeforeEach
    void start() throws Exception {
        host = SmtpSink.builder().tls(CA.issue("mail.fabrikam.com")).start();
        lab.trusting(CA).outbound(connector().tls(TlsSettings.CERTIFICATE_VALIDATION));
        lab.start();
    }

    @AfterEach
    void close() {
        lab.close();
        host.close();
    }

    private SampleConnector connector() {
        return SampleConnector.named("Fabrikam").smartHosts("[127.0.0.1]:" + host.port());
    }

    private void sendOneAfterTheOther(int count) throws Exception {
        int before = lab.events(MailEvent.Type.DELIVERED).size();
        for (int i = 1; i <= count; i++) {
            lab.send("Fabrikam", "bob" + i + "@fabrikam.com");
            lab.await(MailEvent.Type.DELIVERED, before + i);
        }
    }

    @Test
    void oneConnectionAndOneHandshakeServeMailAfterMail() throws Exception {
        sendOneAfterTheOther(5);

        assertThat(host.connections()).isEqualTo(1);
        assertThat(host.received())
                .hasSize(5)
                .allSatisfy(mail -> assertThat(mail.peer().tls()).isPresent());
        assertThat(lab.events(MailEvent.Type.DELIVERED))
                .allSatisfy(event -> assertThat(event.tlsVersion()).hasValue("TLSv1.3"));
        assertThat(count("STARTTLS")).isEqualTo(1);
    }

    @Test
    void aHostThatTakesNoMoreMailsInASessionGetsTheNextOneInANewSessionAtOnce() throws Exception {
        for (String refusal :
                List.of("421 4.4.2 enough", "452 4.5.3 too many mails", "555 5.5.4 Unsupported option: SIZE")) {
            int before = host.connections();
            sendOneAfterTheOther(1);
            host.on(SmtpStage.MAIL).times(1).reply(refusal);

            sendOneAfterTheOther(1);

            assertThat(host.connections()).isBetween(before + 1, before + 2);
        }
        assertThat(host.received()).hasSize(6);
        assertThat(lab.events(MailEvent.Type.DEFERRED)).isEmpty();
        assertThat(lab.events(MailEvent.Type.FAILED)).isEmpty();
    }

    @Test
    void aHostThatLeftMeanwhileIsConnectedAgain() throws Exception {
        host.on(SmtpStage.RSET).times(1).replyAndClose("421 4.4.2 idle for too long");
        sendOneAfterTheOther(2);
        host.on(SmtpStage.RSET).times(1).close();
        sendOneAfterTheOther(1);
        host.on(SmtpStage.MAIL).times(1).close();
        sendOneAfterTheOther(1);

        assertThat(host.received()).hasSize(4);
        assertThat(host.connections()).isEqualTo(4);
        assertThat(lab.events(MailEvent.Type.DEFERRED)).isEmpty();
    }

    @Test
    void aRefusalOfTheMailItselfIsOne() throws Exception {
        sendOneAfterTheOther(1);
        host.on(SmtpStage.MAIL).times(1).reply("550 5.7.1 not from you");

        lab.send("Fabrikam", "bob@fabrikam.com");

        assertThat(lab.await(MailEvent.Type.FAILED, 1).get(0).reply())
                .hasValueSatisfying(reply -> assertThat(reply).contains("5.7.1 not from you"));
        assertThat(host.connections()).isEqualTo(1);
    }

    @Test
    void aMailThatTheHostDidNotTakeEndsTheSession() throws Exception {
        host.on(SmtpStage.END_OF_DATA).times(1).reply("554 5.6.0 not this one");
        lab.send("Fabrikam", "bob@fabrikam.com");
        lab.await(MailEvent.Type.FAILED, 1);

        sendOneAfterTheOther(1);

        assertThat(host.connections()).isEqualTo(2);
    }

    @Test
    void afterAReloadThatAsksForMoreNoMailGoesInASessionWithLess() throws Exception {
        sendOneAfterTheOther(1);
        lab.outbound(connector().tls(TlsSettings.DOMAIN_VALIDATION).tlsDomain("mail.wingtiptoys.com"));
        lab.reload();

        lab.send("Fabrikam", "bob@fabrikam.com");

        assertThat(lab.await(MailEvent.Type.DEFERRED, 1).get(0).reply().orElse(""))
                .contains(
                        "SubjectMismatch Expected Subject: mail.wingtiptoys.com. Presented Subject: mail.fabrikam.com");
        assertThat(host.received()).hasSize(1);
        assertThat(host.connections()).isEqualTo(2);
    }

    @Test
    void aSessionServesAHundredMails() throws Exception {
        sendOneAfterTheOther(OutboundClient.DEFAULT.smtpMaxMessagesPerConnection() + 1);

        assertThat(host.connections()).isEqualTo(2);
        assertThat(host.received()).hasSize(OutboundClient.DEFAULT.smtpMaxMessagesPerConnection() + 1);
    }

    @Test
    void anIdleSessionIsEndedWithAFarewell() throws Exception {
        sendOneAfterTheOther(1);

        await().atMost(OutboundClient.DEFAULT.connectionInactivityTimeOut().multipliedBy(4))
                .until(() -> count("QUIT") == 1);
    }

    @Test
    void mailsAtTheSameTimeHaveSessionsOfTheirOwn() throws Exception {
        IntStream.range(0, 40).forEach(i -> send("bob" + i + "@fabrikam.com"));

        lab.await(MailEvent.Type.DELIVERED, 40);

        assertThat(host.connections()).isBetween(1, lab.settings.concurrency());
        assertThat(host.received())
                .extracting(mail -> mail.recipientAddresses().get(0))
                .doesNotHaveDuplicates()
                .hasSize(40);
    }

    private void send(String recipient) {
        try {
            lab.send("Fabrikam", recipient);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private long count(String verb) {
        return host.commands().stream()
                .map(SmtpCommand::line)
                .filter(line -> line.startsWith(verb))
                .count();
    }
}
