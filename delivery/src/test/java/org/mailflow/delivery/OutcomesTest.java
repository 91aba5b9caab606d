package org.mailflow.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.DsnParameters;
import org.apache.mailet.DsnParameters.Notify;
import org.apache.mailet.DsnParameters.RecipientDsnParameters;
import org.apache.mailet.base.test.FakeMail;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.operation.DeliveryMeter;
import org.mailflow.james.SampleConnector;
import org.mailflow.testing.smtp.EnvelopePath;
import org.mailflow.testing.smtp.ReceivedMail;
import org.mailflow.testing.smtp.SmtpCommand;
import org.mailflow.testing.smtp.SmtpSink;
import org.mailflow.testing.smtp.SmtpStage;

class OutcomesTest {

    private final Lab lab = new Lab();
    private SmtpSink first = start();
    private SmtpSink second = start();

    private static SmtpSink start() {
        try {
            return SmtpSink.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void startLab() throws MessagingException {
        connector("[127.0.0.1]:" + first.port(), "[127.0.0.1]:" + second.port());
        lab.start();
    }

    private void connector(String... hosts) {
        lab.outbound(SampleConnector.named("Fabrikam").smartHosts(hosts));
    }

    private SampleConnector toFirst() {
        return SampleConnector.named("Fabrikam").smartHosts("[127.0.0.1]:" + first.port());
    }

    @AfterEach
    void close() {
        lab.close();
        first.close();
        second.close();
    }

    @Test
    void handsAMailWithManyRecipientsOverInOneTransaction() throws Exception {
        lab.send("Fabrikam", "a@fabrikam.com", "b@fabrikam.com", "c@wingtiptoys.com");

        MailEvent event = lab.await(MailEvent.Type.DELIVERED, 1).get(0);

        assertThat(first.received()).singleElement().satisfies(mail -> {
            assertThat(mail.recipientAddresses())
                    .containsExactly("a@fabrikam.com", "b@fabrikam.com", "c@wingtiptoys.com");
            assertThat(mail.sender().address()).isEqualTo("sender@contoso.com");
            assertThat(mail.peer().hello()).contains("mail.contoso.com");
        });
        assertThat(event.recipients()).hasSize(3);
        assertThat(event.connector()).contains("Fabrikam");
        assertThat(event.organization()).contains("contoso");
        assertThat(event.peer()).contains("[127.0.0.1]:" + first.port());
        assertThat(event.reply().orElse("")).startsWith("250");
        assertThat(event.messageId()).contains("<1@contoso.com>");
        assertThat(second.connections()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECT,     421 4.3.2 closing",
        "CONNECT,     554 5.3.2 no service",
        "HELLO,       421 4.3.2 closing",
        "MAIL,        451 4.3.0 later",
        "RCPT,        450 4.2.0 greylisted",
        "DATA,        451 4.3.0 later",
        "END_OF_DATA, 452 4.3.1 full"
    })
    void asksTheNextHostAfterTrouble(SmtpStage stage, String reply) throws Exception {
        first.on(stage).reply(reply);

        lab.send("Fabrikam", "bob@fabrikam.com");

        assertThat(lab.await(MailEvent.Type.DELIVERED, 1).get(0).peer()).contains("[127.0.0.1]:" + second.port());
        assertThat(first.received()).isEmpty();
        assertThat(second.received()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"CONNECT", "HELLO", "MAIL", "RCPT", "DATA"})
    void asksTheNextHostWhereOneHangsUp(SmtpStage stage) throws Exception {
        first.on(stage).close();

        lab.send("Fabrikam", "bob@fabrikam.com");

        lab.await(MailEvent.Type.DELIVERED, 1);
        assertThat(second.received()).hasSize(1);
    }

    @Test
    void asksTheNextHostWhereOneRefusesTheConnection() throws Exception {
        first.close();

        lab.send("Fabrikam", "bob@fabrikam.com");

        lab.await(MailEvent.Type.DELIVERED, 1);
        assertThat(second.received()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "MAIL,        550 5.7.1 not you",
        "RCPT,        550 5.1.1 unknown",
        "DATA,        554 5.0.0 no",
        "END_OF_DATA, 554 5.6.0 spam"
    })
    void returnsAMailThatAHostRefusesAndAsksNoOther(SmtpStage stage, String reply) throws Exception {
        first.on(stage).reply(reply);

        lab.send("Fabrikam", "bob@fabrikam.com");

        Lab.Spooled bounce = lab.awaitSpool(1).get(0);
        assertThat(bounce.state()).isEqualTo("bounces");
        assertThat(bounce.recipients()).containsExactly("bob@fabrikam.com");
        assertThat(bounce.error()).isEqualTo(reply);
        assertThat(AttributeUtils.getValueAndCastFromMail(
                        bounce.mail(), AttributeName.of("delivery-error-code"), Integer.class))
                .contains(Integer.parseInt(reply.substring(0, 3)));
        assertThat(lab.await(MailEvent.Type.FAILED, 1).get(0).reply()).contains(reply);
        assertThat(second.connections()).isZero();
    }

    @Test
    void tellsEachRecipientsOutcomeApart() throws Exception {
        first.on(SmtpStage.RCPT).containing("gone@").reply("550 5.1.1 unknown");
        first.on(SmtpStage.RCPT).containing("full@").reply("452 4.2.2 full");
        second.on(SmtpStage.RCPT).containing("full@").reply("452 4.2.2 still full");

        lab.send("Fabrikam", "good@fabrikam.com", "gone@fabrikam.com", "full@fabrikam.com", "fine@fabrikam.com");

        assertThat(lab.await(MailEvent.Type.DEFERRED, 1).get(0).recipients()).containsExactly("full@fabrikam.com");
        assertThat(lab.events(MailEvent.Type.DELIVERED)).singleElement().satisfies(event -> assertThat(
                        event.recipients())
                .containsExactly("good@fabrikam.com", "fine@fabrikam.com"));
        assertThat(lab.spool).singleElement().satisfies(bounce -> assertThat(bounce.recipients())
                .containsExactly("gone@fabrikam.com"));
        assertThat(first.received()).singleElement().satisfies(mail -> assertThat(mail.recipientAddresses())
                .containsExactly("good@fabrikam.com", "fine@fabrikam.com"));
        assertThat(second.received()).isEmpty();
        assertThat(lab.queueSize("Fabrikam")).isEqualTo(1);
    }

    @Test
    void takes552ToARecipientFor452() throws Exception {
        first.on(SmtpStage.RCPT).reply("552 too many recipients");
        second.on(SmtpStage.RCPT).reply("552 too many recipients");

        lab.send("Fabrikam", "bob@fabrikam.com");

        lab.await(MailEvent.Type.DEFERRED, 1);
        assertThat(lab.spool).isEmpty();
    }

    @Test
    void asksNoOtherHostWhereItIsInDoubtWhetherOneHasTheMail() throws Exception {
        first.on(SmtpStage.END_OF_DATA).close();

        lab.send("Fabrikam", "bob@fabrikam.com");

        lab.await(MailEvent.Type.DEFERRED, 1);
        assertThat(second.connections()).isZero();
    }

    @Test
    void triesAgainAndGivesUpWhenTheMailExpires() throws Exception {
        lab.close();
        first.on(SmtpStage.MAIL).times(2).reply("451 4.3.0 later");
        second.close();
        lab.outbound(toFirst().retry(Duration.ofHours(1), Duration.ofMillis(50)));
        lab.start();

        lab.send("Fabrikam", "bob@fabrikam.com");
        lab.await(MailEvent.Type.DELIVERED, 1);
        int deferred = lab.events(MailEvent.Type.DEFERRED).size();
        first.on(SmtpStage.MAIL).reply("451 4.3.0 later");
        lab.close();
        lab.outbound(toFirst().retry(Duration.ofMillis(500), Duration.ofMillis(200)));
        lab.start();
        lab.send("Fabrikam", "bob@fabrikam.com");

        assertThat(deferred).isEqualTo(2);
        Lab.Spooled bounce = lab.awaitSpool(1).get(0);
        assertThat(bounce.error()).startsWith("550 5.4.300 Message expired").contains("451 4.3.0 later");
    }

    @Test
    void keepsTheMailWhereTheSpoolCannotTakeTheBounce() throws Exception {
        lab.fillSpool(true);
        first.on(SmtpStage.RCPT).reply("550 5.1.1 unknown");

        lab.send("Fabrikam", "bob@fabrikam.com");

        lab.await(MailEvent.Type.DEFERRED, 1);
        assertThat(lab.queueSize("Fabrikam")).isEqualTo(1);
        assertThat(lab.events(MailEvent.Type.FAILED)).isEmpty();
    }

    @Test
    void carriesWishesForStatusNotificationsPerRecipientInOneTransaction() throws Exception {
        MailImpl mail = Lab.mail("a@fabrikam.com", "b@fabrikam.com", "c@fabrikam.com");
        mail.setDsnParameters(DsnParameters.of(
                        Optional.of(DsnParameters.EnvId.of("id+2B1")),
                        Optional.of(DsnParameters.Ret.HDRS),
                        ImmutableMap.of(
                                Lab.address("a@fabrikam.com"),
                                RecipientDsnParameters.of(EnumSet.of(Notify.SUCCESS, Notify.FAILURE)),
                                Lab.address("b@fabrikam.com"),
                                RecipientDsnParameters.of(EnumSet.of(Notify.NEVER), Lab.address("x+y@contoso.com"))))
                .orElseThrow());

        lab.send(mail, "Fabrikam");
        lab.await(MailEvent.Type.DELIVERED, 1);

        assertThat(first.received()).singleElement().satisfies(got -> {
            assertThat(got.recipientAddresses()).hasSize(3);
            assertThat(got.sender().parameters()).contains("RET=HDRS", "ENVID=id+2B1");
        });
        assertThat(first.commands().stream().map(SmtpCommand::line).filter(line -> line.startsWith("RCPT")))
                .containsExactly(
                        "RCPT TO:<a@fabrikam.com> NOTIFY=SUCCESS,FAILURE",
                        "RCPT TO:<b@fabrikam.com> NOTIFY=NEVER ORCPT=rfc822;x+2By@contoso.com",
                        "RCPT TO:<c@fabrikam.com>");
    }

    @Test
    void sendsContentAsItIs() throws Exception {
        String content = "Subject: hello\r\nBcc: kept@contoso.com\r\nX-Folded: a\r\n\tb  \r\n\r\n"
                + ".\r\n..two\r\n.three\r\ntrailing  \r\n\u00e4\u00f6\r\n" + "x".repeat(2_000) + "\r\nno end";

        lab.send(Lab.mailWith(content, "bob@fabrikam.com"), "Fabrikam");
        lab.await(MailEvent.Type.DELIVERED, 1);

        ReceivedMail mail = first.received().get(0);
        assertThat(new String(mail.content().bytes(), StandardCharsets.ISO_8859_1))
                .isEqualTo("Message-ID: <1@contoso.com>\r\n" + content + "\r\n");
        assertThat(mail.sender().parameters()).contains("BODY=8BITMIME");
    }

    @Test
    void sendsTheNullSender() throws Exception {
        MailImpl mail = Lab.mail("bob@fabrikam.com");
        mail.setSender(null);

        lab.send(mail, "Fabrikam");
        lab.await(MailEvent.Type.DELIVERED, 1);

        assertThat(first.received().get(0).sender().address()).isEmpty();
    }

    @Test
    void givesMailOfTheNullSenderToTheBounceProcessorToo() throws Exception {
        first.on(SmtpStage.RCPT).reply("550 5.1.1 unknown");
        MailImpl mail = Lab.mail("bob@fabrikam.com");
        mail.setSender(null);

        lab.send(mail, "Fabrikam");

        assertThat(lab.awaitSpool(1).get(0).state()).isEqualTo("bounces");
    }

    @Test
    void throwsWhatBreaksTheReaderOfAMailSinceItIsNoAnswerOfAHost() throws Exception {
        FakeMail poison = FakeMail.builder()
                .name("poison")
                .sender("sender@contoso.com")
                .recipient("bob@fabrikam.com")
                .mimeMessage(new MimeMessage(Session.getInstance(new Properties())) {
                    @Override
                    public void writeTo(OutputStream out) {
                        throw new StackOverflowError();
                    }
                })
                .build();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        KeptSessions sessions = new KeptSessions();
        Attempt attempt = new Attempt(
                ConnectorPolicy.mx(lab.flow.snapshot(1), lab.settings.with("bounces", first.port(), 1)),
                lab.settings,
                new FixedNames(),
                timer,
                sessions,
                new Hosts(Clock.systemUTC(), connector -> {}),
                DeliveryMeter.none());

        assertThatThrownBy(() -> attempt.run(poison)).isInstanceOf(StackOverflowError.class);

        sessions.close();
        timer.shutdownNow();
        assertThat(first.received()).isEmpty();
    }

    @Test
    void aFaultAfterAHostTookTheMailSendsNobodyASecondCopy() throws Exception {
        lab.close();
        second.close();
        lab.recorder = event -> {
            lab.events.add(event);
            throw new StackOverflowError("in " + event.type());
        };
        lab.outbound(toFirst().retry(Duration.ofHours(1), Duration.ofMillis(50)));
        lab.start();
        first.on(SmtpStage.RCPT).containing("late@").times(1).reply("451 4.3.0 later");

        lab.send("Fabrikam", "bob@fabrikam.com", "late@fabrikam.com");

        lab.await(MailEvent.Type.DELIVERED, 2);
        assertThat(first.received())
                .flatExtracting(ReceivedMail::recipients)
                .extracting(EnvelopePath::address)
                .containsExactly("bob@fabrikam.com", "late@fabrikam.com");
        assertThat(lab.queueSize("Fabrikam")).isZero();
        assertThat(lab.setAside).isEmpty();
    }

    @Test
    void cutsOffAHostThatOnlyPretendsToAnswer() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            lab.close();
            connector("[127.0.0.1]:" + silent.getLocalPort(), "[127.0.0.1]:" + second.port());
            lab.settings = new DeliverySettings(
                    "bounces",
                    2,
                    25,
                    new Timeouts(
                            Duration.ofSeconds(5),
                            Duration.ofMillis(300),
                            Duration.ofSeconds(5),
                            Duration.ofSeconds(5)),
                    10,
                    Duration.ofSeconds(5));
            lab.start();

            lab.send("Fabrikam", "bob@fabrikam.com");

            lab.await(MailEvent.Type.DELIVERED, 1);
            assertThat(second.received()).hasSize(1);
        }
    }

    @Test
    void refusesAnAddressWithAControlCharacter() throws Exception {
        MailImpl mail = Lab.mail("bob@fabrikam.com");
        mail.setRecipients(List.of(new MailAddress("\"a\\\rb\"@fabrikam.com")));

        lab.send(mail, "Fabrikam");

        assertThat(lab.awaitSpool(1).get(0).error()).startsWith("553 5.1.3");
        assertThat(first.commands()).noneMatch(command -> command.line().startsWith("RCPT"));
    }
}
