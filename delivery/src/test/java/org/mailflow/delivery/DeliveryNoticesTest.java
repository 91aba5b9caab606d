package org.mailflow.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.common.collect.ImmutableMap;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.DsnParameters;
import org.apache.mailet.DsnParameters.Notify;
import org.apache.mailet.DsnParameters.RecipientDsnParameters;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.notification.DeliveryAction;
import org.mailflow.core.notification.DeliveryReport;
import org.mailflow.core.notification.RecipientStatus;
import org.mailflow.james.ReportStamp;
import org.mailflow.james.SampleConnector;
import org.mailflow.testing.smtp.SmtpSink;
import org.mailflow.testing.smtp.SmtpStage;

class DeliveryNoticesTest {

    private final Lab lab = new Lab();
    private final SmtpSink sink = SmtpSink.start();
    private final SmtpSink withoutDsn =
            SmtpSink.builder().capabilities("PIPELINING", "8BITMIME", "SIZE").start();

    DeliveryNoticesTest() throws Exception {}

    private SampleConnector connector() {
        return SampleConnector.named("Fabrikam").smartHosts("[127.0.0.1]:" + sink.port());
    }

    @AfterEach
    void close() {
        lab.close();
        sink.close();
        withoutDsn.close();
    }

    private static MailImpl asking(Notify... wishes) throws Exception {
        MailImpl mail = Lab.mail("bob@fabrikam.com");
        mail.setDsnParameters(DsnParameters.of(
                        Optional.of(DsnParameters.EnvId.of("id+2B1")),
                        Optional.empty(),
                        ImmutableMap.of(
                                Lab.address("bob@fabrikam.com"),
                                RecipientDsnParameters.of(
                                        EnumSet.copyOf(List.of(wishes)), Lab.address("info@contoso.com"))))
                .orElseThrow());
        return mail;
    }

    private static String text(Mail mail) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        mail.getMessage().writeTo(bytes);
        return bytes.toString(StandardCharsets.US_ASCII);
    }

    @Test
    void whatFailsInOneAttemptIsOneReportWithEachRecipientsReason() throws Exception {
        sink.on(SmtpStage.RCPT).containing("gone@").reply("550 5.1.1 unknown");
        sink.on(SmtpStage.RCPT).containing("left@").reply("551 5.1.6 moved");
        lab.outbound(connector()).start();

        lab.send("Fabrikam", "gone@fabrikam.com", "left@fabrikam.com", "good@fabrikam.com");
        lab.await(MailEvent.Type.FAILED, 2);

        assertThat(lab.spool).singleElement().satisfies(bounce -> {
            assertThat(bounce.recipients()).containsExactly("gone@fabrikam.com", "left@fabrikam.com");
            assertThat(bounce.error()).isEqualTo("550 5.1.1 unknown; 551 5.1.6 moved");
            DeliveryReport report = ReportStamp.of(bounce.mail()).orElseThrow();
            assertThat(report.action()).isEqualTo(DeliveryAction.FAILED);
            assertThat(report.connector()).contains("Fabrikam");
            assertThat(report.arrival()).isPresent();
            assertThat(report.recipients())
                    .extracting(RecipientStatus::recipient, RecipientStatus::reply)
                    .containsExactly(
                            tuple("gone@fabrikam.com", "550 5.1.1 unknown"),
                            tuple("left@fabrikam.com", "551 5.1.6 moved"));
            assertThat(report.recipients()).allSatisfy(status -> {
                assertThat(status.remoteAddress()).contains("127.0.0.1");
                assertThat(status.lastAttempt()).isPresent();
            });
        });
    }

    @Test
    void whatExpiresKeepsTheHostsLastWords() throws Exception {
        sink.on(SmtpStage.RCPT).reply("452 4.2.2 full");
        lab.outbound(connector().retry(Duration.ofMillis(300), Duration.ofMillis(200)))
                .start();

        lab.send("Fabrikam", "bob@fabrikam.com");

        DeliveryReport report = ReportStamp.of(lab.awaitSpool(1).get(0).mail()).orElseThrow();
        assertThat(report.recipients()).singleElement().satisfies(status -> {
            assertThat(status.reply()).isEqualTo("452 4.2.2 full");
            assertThat(status.reason().orElse("")).startsWith("550 5.4.300 Message expired after");
        });
    }

    @Test
    void theSenderIsToldOnceThatAMailIsLate() throws Exception {
        sink.on(SmtpStage.RCPT).reply("451 4.7.1 greylisted");
        lab.outbound(connector()
                        .retry(Duration.ofHours(1), Duration.ofMillis(50))
                        .delayNotification(Duration.ofMillis(1)))
                .start();

        lab.send("Fabrikam", "bob@fabrikam.com");
        lab.await(MailEvent.Type.DEFERRED, 4);

        assertThat(lab.spool).singleElement().satisfies(notice -> {
            assertThat(notice.state()).isEqualTo(Mail.DEFAULT);
            assertThat(notice.recipients()).containsExactly("sender@contoso.com");
            assertThat(notice.mail().getMaybeSender().isNullSender()).isTrue();
            assertThat(notice.mail().attributes().filter(name -> !name.equals(Mail.SENT_BY_MAILET_ATTRIBUTE)))
                    .isEmpty();
            assertThat(text(notice.mail()))
                    .contains("Subject: Delivery delayed: hello")
                    .contains("Auto-Submitted: auto-replied")
                    .contains("report-type=delivery-status")
                    .contains("Action: delayed")
                    .contains("Status: 4.7.1")
                    .contains("Will-Retry-Until: ")
                    .contains("Outbound connector: Fabrikam")
                    .contains("In-Reply-To: <1@contoso.com>")
                    .contains("text/rfc822-headers");
        });
        assertThat(lab.events(MailEvent.Type.DEFERRED).stream()
                        .filter(event -> event.reason().orElse("").contains("told that it is late")))
                .hasSize(1);
    }

    @Test
    void nobodyIsToldOfADelayWhoDoesNotWantItOrCannotBe() throws Exception {
        sink.on(SmtpStage.RCPT).reply("451 4.7.1 greylisted");
        lab.outbound(connector()
                        .retry(Duration.ofHours(1), Duration.ofMillis(50))
                        .delayNotification(Duration.ofMillis(1)))
                .start();
        MailImpl ofNobody = Lab.mail("bob@fabrikam.com");
        ofNobody.setName("null");
        ofNobody.setSender(null);

        lab.send(asking(Notify.NEVER), "Fabrikam");
        lab.send(asking(Notify.FAILURE, Notify.SUCCESS), "Fabrikam");
        lab.send(ofNobody, "Fabrikam");
        lab.await(MailEvent.Type.DEFERRED, 9);

        assertThat(lab.spool).isEmpty();
    }

    @Test
    void aNoticeThatCannotBeSentDoesNotHoldTheMailUpAndIsSentLater() throws Exception {
        sink.on(SmtpStage.RCPT).reply("451 4.7.1 greylisted");
        lab.outbound(connector()
                        .retry(Duration.ofHours(1), Duration.ofMillis(50))
                        .delayNotification(Duration.ofMillis(1)))
                .start();
        lab.fillSpool(true);

        lab.send("Fabrikam", "bob@fabrikam.com");
        lab.await(MailEvent.Type.DEFERRED, 2);
        lab.fillSpool(false);

        assertThat(lab.awaitSpool(1)).hasSize(1);
    }

    @Test
    void whoAskedForSuccessIsToldThatAHostHasItThatTellsNothing() throws Exception {
        lab.outbound(SampleConnector.named("Fabrikam").smartHosts("[127.0.0.1]:" + withoutDsn.port()))
                .start();

        lab.send(asking(Notify.SUCCESS), "Fabrikam");
        lab.awaitSpool(1);

        assertThat(text(lab.spool.get(0).mail()))
                .contains("Subject: Relayed: hello")
                .contains("Original-Envelope-Id: id+1")
                .contains("Original-Recipient: rfc822; info@contoso.com")
                .contains("Action: relayed")
                .containsPattern("Status: 2\\.[0-9.]+");
    }

    @Test
    void whereAHostTellsOfDeliveriesItselfThisServerDoesNot() throws Exception {
        lab.outbound(connector()).start();

        lab.send(asking(Notify.SUCCESS), "Fabrikam");
        lab.await(MailEvent.Type.DELIVERED, 1);

        assertThat(lab.spool).isEmpty();
    }

    @Test
    void nobodyIsToldOfADeliveryWhoDidNotAsk() throws Exception {
        lab.outbound(SampleConnector.named("Fabrikam").smartHosts("[127.0.0.1]:" + withoutDsn.port()))
                .start();

        lab.send("Fabrikam", "bob@fabrikam.com");
        lab.send(asking(Notify.FAILURE), "Fabrikam");
        lab.await(MailEvent.Type.DELIVERED, 2);

        assertThat(lab.spool).isEmpty();
    }
}
