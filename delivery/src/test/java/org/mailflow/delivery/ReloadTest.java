package org.mailflow.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.mail.MessagingException;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.model.RetryDefaults;
import org.mailflow.james.RouteStamp;
import org.mailflow.james.SampleConnector;
import org.mailflow.james.Snapshots;
import org.mailflow.testing.smtp.SmtpSink;
import org.mailflow.testing.smtp.SmtpStage;

class ReloadTest {

    private final Lab lab = new Lab();
    private SmtpSink old;
    private SmtpSink next;

    @BeforeEach
    void start() throws Exception {
        old = SmtpSink.start();
        next = SmtpSink.start();
        lab.outbound(to(old)).start();
    }

    @AfterEach
    void close() {
        lab.close();
        old.close();
        next.close();
    }

    private static SampleConnector to(SmtpSink sink) {
        return SampleConnector.named("Fabrikam").smartHosts("[127.0.0.1]:" + sink.port());
    }

    @Test
    void aConnectorThatIsAddedTakesTheNextMail() throws Exception {
        lab.outbound(SampleConnector.named("Wingtip").smartHosts("[127.0.0.1]:" + next.port()));
        lab.reload();

        lab.send("Wingtip", "bob@wingtiptoys.com");

        assertThat(lab.await(MailEvent.Type.DELIVERED, 1).get(0).connector()).contains("Wingtip");
        assertThat(next.received()).hasSize(1);
    }

    @Test
    void aConnectorThatIsChangedActsOnTheNextMailWhileTheOneUnderWayEndsAsItBegan() throws Exception {
        old.on(SmtpStage.DATA).after(Duration.ofMillis(700)).proceed();
        lab.send("Fabrikam", "first@fabrikam.com");
        Awaitility.await().until(() -> old.connections() == 1);

        lab.outbound(to(next));
        lab.reload();
        lab.send("Fabrikam", "second@fabrikam.com");

        lab.await(MailEvent.Type.DELIVERED, 2);
        assertThat(old.received()).singleElement().satisfies(mail -> assertThat(mail.recipientAddresses())
                .containsExactly("first@fabrikam.com"));
        assertThat(next.received()).singleElement().satisfies(mail -> assertThat(mail.recipientAddresses())
                .containsExactly("second@fabrikam.com"));
    }

    @Test
    void mailThatWaitsForAConnectorThatIsRemovedIsRoutedAgainAtOnce() throws Exception {
        old.on(SmtpStage.MAIL).reply("451 4.3.0 later");
        lab.send("Fabrikam", "bob@fabrikam.com");
        lab.await(MailEvent.Type.DEFERRED, 1);

        lab.flow.withoutOutbound("Fabrikam");
        lab.reload();

        Lab.Spooled again = lab.awaitSpool(1).get(0);
        assertThat(again.state()).isEqualTo("routing");
        assertThat(again.recipients()).containsExactly("bob@fabrikam.com");
        assertThat(RouteStamp.of(again.mail())).isEmpty();
        assertThat(again.mail().getAttribute(Snapshots.DECIDE_ANEW)).isPresent();
        assertThat(AttributeUtils.getValueAndCastFromMail(again.mail(), AttributeName.of("kept"), String.class))
                .contains("yes");
        Awaitility.await().until(() -> lab.queueSize("Fabrikam") == 0);
    }

    @Test
    void mailForAConnectorThatIsDisabledInBetweenIsRoutedAgain() throws Exception {
        lab.outbound(to(old).disabled());
        lab.reload();

        lab.send("Fabrikam", "bob@fabrikam.com");

        assertThat(lab.awaitSpool(1).get(0).state()).isEqualTo("routing");
        assertThat(old.connections()).isZero();
    }

    @Test
    void mailStaysInTheQueueUntilTheSpoolHasIt() throws Exception {
        lab.close();
        lab.flow.retries(
                new RetryDefaults(List.of(Duration.ofMillis(100)), Optional.of(Duration.ofHours(1)), Optional.empty()));
        lab.start();
        lab.fillSpool(true);
        lab.flow.withoutOutbound("Fabrikam");
        lab.reload();
        lab.send("Fabrikam", "bob@fabrikam.com");
        lab.await(MailEvent.Type.DEFERRED, 2);

        lab.fillSpool(false);

        assertThat(lab.awaitSpool(1).get(0).recipients()).containsExactly("bob@fabrikam.com");
    }

    @Test
    void mailOfAConnectorThatWasRemovedWhileTheServerWasDownIsRoutedAgain(@TempDir Path directory) throws Exception {
        lab.close();
        lab.ledger = QueueLedger.in(directory.resolve("mailflow/queues"));
        lab.start();
        old.on(SmtpStage.MAIL).reply("451 4.3.0 later");
        lab.send("Fabrikam", "bob@fabrikam.com");
        lab.await(MailEvent.Type.DEFERRED, 1);
        lab.close();

        lab.flow.withoutOutbound("Fabrikam");
        lab.ledger = QueueLedger.in(directory.resolve("mailflow/queues"));
        lab.start();

        assertThat(lab.awaitSpool(1).get(0).recipients()).containsExactly("bob@fabrikam.com");
        assertThat(Files.readAllLines(directory.resolve("mailflow/queues")))
                .containsExactlyInAnyOrder("mailflow-mx", "mailflow-out-contoso.fabrikam");
    }

    @Test
    void usersOfOneServerShareOneSetOfSettings() throws Exception {
        assertThatThrownBy(() -> lab.running()
                        .start(
                                lab.context(),
                                lab.settings.with("other", lab.settings.mxPort(), lab.settings.concurrency())))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("write the same values everywhere");
    }

    @Test
    void eachConnectorHasItsOwnQueueWithASafeName() {
        assertThat(QueueNames.of("Contoso", "To the cloud").asString())
                .isEqualTo("mailflow-out-contoso.to_20the_20cloud");
        assertThat(List.of(
                                QueueNames.of("a.b", "c"),
                                QueueNames.of("a", "b.c"),
                                QueueNames.of("a_2eb", "c"),
                                QueueNames.of("a/b", "c"),
                                QueueNames.of("a", "b/c"),
                                QueueNames.of("ä", "c"))
                        .stream()
                        .distinct())
                .hasSize(6)
                .allMatch(name -> name.asString().matches("[a-z0-9_.-]+"));
        assertThat(Optional.of(QueueNames.of("A", "B"))).contains(QueueNames.of("a", "b"));
    }
}
