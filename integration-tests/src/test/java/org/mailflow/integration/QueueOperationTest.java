package org.mailflow.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.json.JsonTexts;
import org.mailflow.core.operation.MailState;
import org.mailflow.core.operation.QueueKind;
import org.mailflow.core.operation.QueueSummary;
import org.mailflow.core.operation.QueuedMail;
import org.mailflow.testing.smtp.SmtpSink;
import org.mailflow.testing.smtp.SmtpStage;

/** An operator's hand on the queues of a running server, by command and over HTTP: nothing is lost and nothing doubled. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueueOperationTest {

    private static final Duration PATIENCE = OperatedServer.PATIENCE;
    private static final String LATER = "451 4.3.0 Come back later";

    private final JsonTexts json = new JsonTexts();
    private OperatedServer operated;
    private int people;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        operated = new OperatedServer(directory);
    }

    @AfterAll
    void stop() throws Exception {
        operated.close();
    }

    @AfterEach
    void behave() throws Exception {
        operated.fabrikam().behave();
        operated.other().behave();
        operated.run("queue", "release", "--connector", OperatedServer.FABRIKAM);
        operated.run("queue", "delete", "--all", "--purge", "--yes");
    }

    @Test
    void showsAMailThatWaitsWithTheReplyThatPutItOff() throws Exception {
        operated.fabrikam().on(SmtpStage.RCPT).reply(LATER);
        String bob = somebody();
        TestMail mail = operated.sendInVain(bob);

        QueueSummary queue = queue(OperatedServer.FABRIKAM);
        QueuedMail queued = operated.mails("?to=" + bob).get(0);
        CommandRun list = operated.run("queue", "list");
        CommandRun details = operated.run("queue", "show", queued.id());

        assertThat(queue.kind()).isEqualTo(QueueKind.CONNECTOR);
        assertThat(queue.waiting()).isEqualTo(1);
        assertThat(queue.length()).isEqualTo(1);
        assertThat(queue.read()).isTrue();
        assertThat(queue.lastReply())
                .hasValueSatisfying(reply -> assertThat(reply).contains(LATER));
        assertThat(queued.state()).isEqualTo(MailState.WAITING);
        assertThat(queued.sender()).isEqualTo(Contoso.CHRIS);
        assertThat(queued.tries()).isEqualTo(1);
        assertThat(queued.lastReply())
                .hasValueSatisfying(reply -> assertThat(reply).contains(LATER));
        assertThat(list.exitCode()).as(list.err()).isZero();
        assertThat(list.out()).contains("contoso/Fabrikam", "contoso/Other", "mx", "spool", LATER);
        assertThat(list.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(140));
        assertThat(details.exitCode()).as(details.err()).isZero();
        assertThat(details.out())
                .contains(mail.messageId(), bob, "routeReason", LATER, "    by mail.contoso.com")
                .doesNotContain("\\u0009");
    }

    @Test
    void findsMailsBySenderRecipientAndReason() throws Exception {
        operated.fabrikam().on(SmtpStage.RCPT).reply(LATER);
        String bob = somebody();
        operated.sendInVain(bob);

        assertThat(recipients("?from=chris@contoso.com&reason=come%20back")).containsExactly(bob);
        assertThat(recipients("?from=@contoso.com&to=@fabrikam.test&queue=Fabrikam"))
                .containsExactly(bob);
        assertThat(recipients("?to=nobody@fabrikam.test")).isEmpty();
        assertThat(recipients("?from=%3C%3E")).isEmpty();
        assertThat(recipients("?reason=greylisted")).isEmpty();
        assertThat(recipients("?queue=mx")).isEmpty();
    }

    @Test
    void triesAWaitingMailNow() throws Exception {
        operated.fabrikam().on(SmtpStage.MAIL).reply(LATER);
        String bob = somebody();
        TestMail mail = operated.sendInVain(bob);
        String id = operated.idOf(bob);
        operated.fabrikam().behave();

        CommandRun retry = operated.run("queue", "retry", id);

        assertThat(retry.exitCode()).as(retry.err()).isZero();
        assertThat(retry.out()).contains("1 mail due now");
        assertArrivesOnceAt(operated.fabrikam(), mail);
        assertOperated(mail, "operator: tried again now");
    }

    @Test
    void holdsAMailOverARestartAndReleasesIt() throws Exception {
        operated.fabrikam().on(SmtpStage.MAIL).reply(LATER);
        String bob = somebody();
        TestMail mail = operated.sendInVain(bob);
        String id = operated.idOf(bob);
        CommandRun hold = operated.run("queue", "hold", id);
        operated.fabrikam().behave();

        operated.restart();
        CommandRun retry = operated.run("queue", "retry", id);
        CommandRun retryAll = operated.run("queue", "retry", "--all");
        QueueSummary held = queue(OperatedServer.FABRIKAM);
        CommandRun release = operated.run("queue", "release", id);

        assertThat(hold.exitCode()).as(hold.err()).isZero();
        assertThat(held.held()).isEqualTo(1);
        assertThat(held.length()).isZero();
        assertThat(retry.exitCode()).isEqualTo(2);
        assertThat(retry.err()).contains("held");
        assertThat(retryAll.out()).contains("0 mails due now");
        assertThat(release.exitCode()).as(release.err()).isZero();
        assertArrivesOnceAt(operated.fabrikam(), mail);
        assertOperated(mail, "operator: held", "operator: released");
    }

    @Test
    void holdsAWholeQueueOverARestartAndReleasesIt() throws Exception {
        CommandRun hold = operated.run("queue", "hold", "--connector", "fabrikam");
        TestMail mail = operated.send(somebody());
        TestMail elsewhere = operated.send("ann@other.test");
        assertArrivesOnceAt(operated.other(), elsewhere);
        await().atMost(PATIENCE).until(() -> queue(OperatedServer.FABRIKAM).ready() == 1);

        operated.restart();
        QueueSummary held = queue(OperatedServer.FABRIKAM);
        TestMail later = operated.send("ann@other.test");
        assertArrivesOnceAt(operated.other(), later);
        await().atMost(PATIENCE).untilAsserted(() -> {
            CommandRun status = operated.run("status");
            assertThat(status.exitCode()).isEqualTo(1);
            assertThat(status.out()).contains("queue contoso/Fabrikam is on hold with 1 mails");
        });
        long whileOnHold = mail.at(operated.fabrikam()).count();
        CommandRun release = operated.run("queue", "release", "--connector", "fabrikam");

        assertThat(hold.exitCode()).as(hold.err()).isZero();
        assertThat(held.onHold()).isTrue();
        assertThat(held.ready()).isEqualTo(1);
        assertThat(whileOnHold).isZero();
        assertThat(release.exitCode()).as(release.err()).isZero();
        assertArrivesOnceAt(operated.fabrikam(), mail);
    }

    @Test
    void keepsADeletedMailFromWhereItCanBeSentAgain() throws Exception {
        operated.fabrikam().on(SmtpStage.MAIL).reply(LATER);
        String bob = somebody();
        TestMail mail = operated.sendInVain(bob);
        String id = operated.idOf(bob);
        operated.fabrikam().behave();

        CommandRun asked = operated.run("queue", "delete", id);
        CommandRun delete = operated.run("queue", "delete", id, "--yes");
        List<QueuedMail> left = operated.mails("?to=" + bob);
        CommandRun list = operated.run("repository", "list");
        CommandRun show = operated.run("repository", "show", "deleted");
        CommandRun replay = operated.run("repository", "replay", "deleted", id);

        assertThat(asked.exitCode()).isEqualTo(2);
        assertThat(asked.err()).contains("--yes");
        assertThat(delete.exitCode()).as(delete.err()).isZero();
        assertThat(left).isEmpty();
        assertThat(list.out()).contains("jpa://var/mail/deleted");
        assertThat(show.out()).contains(id, bob, LATER);
        assertThat(replay.exitCode()).as(replay.err()).isZero();
        assertArrivesOnceAt(operated.fabrikam(), mail);
        assertThat(operated.run("repository", "show", "deleted").out()).doesNotContain(id);
    }

    @Test
    void returnsADeletedMailToItsSenderWhereThatIsWanted() throws Exception {
        operated.fabrikam().on(SmtpStage.MAIL).reply(LATER);
        String bob = somebody();
        operated.sendInVain(bob);

        CommandRun delete = operated.run("queue", "delete", operated.idOf(bob), "--bounce", "--yes");

        assertThat(delete.exitCode()).as(delete.err()).isZero();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        operated.server().inbox(Contoso.CHRIS).mails())
                .anySatisfy(returned -> assertThat(returned.text()).contains(bob, "deleted by an administrator")));
    }

    @Test
    void purgesAMailForEver() throws Exception {
        operated.fabrikam().on(SmtpStage.MAIL).reply(LATER);
        String bob = somebody();
        operated.sendInVain(bob);
        String id = operated.idOf(bob);

        CommandRun delete = operated.run("queue", "delete", id, "--purge", "--yes");

        assertThat(delete.exitCode()).as(delete.err()).isZero();
        assertThat(operated.mails("?to=" + bob)).isEmpty();
        assertThat(operated.run("repository", "show", "deleted").out()).doesNotContain(id);
    }

    @Test
    void holdsTheMailsOfAQueueOneByOneAndReleasesThem() throws Exception {
        operated.fabrikam().on(SmtpStage.MAIL).reply(LATER);
        TestMail mail = operated.sendInVain(somebody());
        operated.fabrikam().behave();

        CommandRun hold = operated.run("queue", "hold", "--connector", "Fabrikam", "--all");
        QueueSummary held = queue(OperatedServer.FABRIKAM);
        CommandRun release = operated.run("queue", "release", "--connector", "Fabrikam", "--all");

        assertThat(hold.out()).as(hold.err()).contains("1 mail on hold");
        assertThat(held.onHold()).isFalse();
        assertThat(held.held()).isEqualTo(1);
        assertThat(release.out()).as(release.err()).contains("1 mail released");
        assertArrivesOnceAt(operated.fabrikam(), mail);
    }

    @Test
    void deletesAMailOfARepositoryForEver() throws Exception {
        operated.fabrikam().on(SmtpStage.MAIL).reply(LATER);
        operated.sendInVain(somebody());
        String other = somebody();
        operated.sendInVain(other);
        String id = operated.idOf(other);
        operated.run("queue", "delete", "--connector", "Fabrikam", "--yes");

        CommandRun asked = operated.run("repository", "delete", "deleted", id);
        CommandRun shown = operated.run("repository", "show", "deleted", id);
        CommandRun delete = operated.run("repository", "delete", "deleted", id, "--yes");
        CommandRun gone = operated.run("repository", "show", "deleted", id);
        CommandRun again = operated.run("repository", "delete", "deleted", id, "--yes");
        CommandRun rest = operated.run("repository", "delete", "deleted", "--all", "--yes");

        assertThat(asked.exitCode()).isEqualTo(2);
        assertThat(shown.out()).contains(id, other);
        assertThat(delete.out()).as(delete.err()).contains("1 mail deleted for ever");
        assertThat(gone.exitCode()).isEqualTo(1);
        assertThat(gone.err()).contains("there is no mail '" + id + "'");
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(rest.exitCode()).as(rest.err()).isZero();
        assertThat(operated.run("repository", "show", "deleted").out()).contains("No mail.");
    }

    /** Where it went on in the processor that it remembers, its sender would be told a second time. */
    @Test
    void sendsReturnedMailAgainFromTheStart() throws Exception {
        operated.run("repository", "delete", "bounced", "--all", "--yes");
        operated.fabrikam().on(SmtpStage.RCPT).times(1).reply("550 5.1.1 Nobody of that name");
        String bob = somebody();
        TestMail mail = operated.send(bob);
        await().atMost(PATIENCE)
                .until(() -> operated.run("repository", "show", "bounced").out().contains(bob));

        CommandRun replay = operated.run("repository", "replay", "bounced", "--all");

        assertThat(replay.out()).as(replay.err()).contains("1 mail sent again");
        assertArrivesOnceAt(operated.fabrikam(), mail);
        assertThat(operated.run("repository", "show", "bounced").out()).contains("No mail.");
        assertThat(operated.server().eventsOf(mail))
                .filteredOn(event -> event.type() == MailEvent.Type.OPERATED)
                .singleElement()
                .satisfies(event -> assertThat(event.reason().orElse("")).endsWith("to processor root"));
    }

    @Test
    void movesMailToAnotherConnector() throws Exception {
        operated.fabrikam().on(SmtpStage.MAIL).reply(LATER);
        TestMail mail = operated.sendInVain(somebody());

        CommandRun nowhere = operated.run("queue", "move", "--connector", "Fabrikam", "--to", "Othr");
        CommandRun move = operated.run("queue", "move", "--connector", "Fabrikam", "--to", "other");

        assertThat(nowhere.exitCode()).isEqualTo(1);
        assertThat(nowhere.err()).contains("did you mean 'Other'?");
        assertThat(move.exitCode()).as(move.err()).isZero();
        assertArrivesOnceAt(operated.other(), mail);
        assertThat(mail.at(operated.fabrikam())).isEmpty();
        assertOperated(mail, "operator: moved to contoso/Other");
        assertThat(operated.server().eventsOf(mail))
                .filteredOn(event -> event.type() == MailEvent.Type.DELIVERED)
                .allSatisfy(event -> assertThat(event.connector()).contains("Other"));
    }

    @Test
    void leavesAMailAloneThatIsBeingDelivered() throws Exception {
        operated.fabrikam()
                .on(SmtpStage.END_OF_DATA)
                .after(Duration.ofSeconds(15))
                .proceed();
        String bob = somebody();
        TestMail mail = operated.send(bob);
        await().atMost(PATIENCE).until(() -> operated.mails("?to=" + bob).stream()
                .anyMatch(queued -> queued.state() == MailState.IN_DELIVERY
                        && queued.queue().equals(OperatedServer.FABRIKAM)));
        String id = operated.idOf(bob);

        List<CommandRun> runs = new ArrayList<>();
        for (String action : List.of("retry", "hold", "delete --yes", "move --to contoso/Other")) {
            runs.add(operated.run(("queue " + action + " " + id).split(" ")));
        }

        assertThat(runs).allSatisfy(run -> {
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains("busy");
        });
        assertArrivesOnceAt(operated.fabrikam(), mail);
        assertThat(mail.at(operated.other())).isEmpty();
    }

    private QueueSummary queue(String name) throws Exception {
        String body = operated.webAdmin().get("/mailflow/queues").body();
        return List.of(json.read(body, QueueSummary[].class)).stream()
                .filter(queue -> queue.queue().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no queue " + name + " in " + body));
    }

    private List<String> recipients(String query) throws Exception {
        return operated.mails(query).stream()
                .flatMap(mail -> mail.recipients().stream())
                .toList();
    }

    private String somebody() {
        people++;
        return "bob" + people + "@fabrikam.test";
    }

    private void assertArrivesOnceAt(SmtpSink sink, TestMail mail) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(mail.at(sink)).hasSize(1));
        assertThat(mail.at(operated.fabrikam()).count()
                        + mail.at(operated.other()).count())
                .isEqualTo(1);
    }

    private void assertOperated(TestMail mail, String... reasons) throws IOException {
        assertThat(operated.server().eventsOf(mail))
                .filteredOn(event -> event.type() == MailEvent.Type.OPERATED)
                .extracting(event -> event.reason().orElse(""))
                .containsExactly(reasons);
    }
}
