package org.mailflow.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.core.event.MailEvent;
import org.mailflow.testing.smtp.SmtpStage;

/** Operators at work while mail flows: every mail arrives once, at one connector or the other. */
class OperationUnderLoadTest {

    private static final int MAILS = 120;
    /** Mail piles up in a queue on hold, so that there is something to hold, to release and to move. */
    private static final List<String> ACTIONS = List.of(
            "queue hold --connector Fabrikam",
            "queue hold --connector Fabrikam --from @contoso.com",
            "queue release --all",
            "queue retry --all",
            "queue move --connector Fabrikam --to Other",
            "queue release --connector Fabrikam");

    @Test
    void neitherLosesNorDoublesMailThatIsHeldReleasedRetriedAndMovedWhileItFlows(@TempDir Path directory)
            throws Exception {
        try (OperatedServer operated = new OperatedServer(directory)) {
            // Every third mail is put off, so that some wait while others flow.
            for (int i = 1; i <= MAILS; i += 3) {
                operated.fabrikam().on(SmtpStage.MAIL).forMail(i).times(1).reply("451 4.3.0 Later");
            }
            ExecutorService senders = Executors.newFixedThreadPool(2);
            List<Future<List<TestMail>>> sending = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                int sender = i;
                sending.add(senders.submit(() -> {
                    List<TestMail> mails = new ArrayList<>();
                    for (int j = 0; j < MAILS / 2; j++) {
                        mails.add(operated.send("bob" + sender + "-" + j + "@fabrikam.test"));
                    }
                    return mails;
                }));
            }
            List<CommandRun> runs = new ArrayList<>();
            while (sending.stream().anyMatch(one -> !one.isDone())) {
                for (String action : ACTIONS) {
                    runs.add(operated.run(action.split(" ")));
                }
            }
            senders.shutdown();
            List<TestMail> mails = new ArrayList<>();
            for (Future<List<TestMail>> one : sending) {
                mails.addAll(one.get());
            }
            operated.fabrikam().behave();
            operated.run("queue", "release", "--all");
            operated.run("queue", "retry", "--all");

            assertThat(runs).isNotEmpty().allSatisfy(run -> assertThat(run.exitCode())
                    .as("done, or done but to mails that were busy: " + run)
                    .isIn(0, 1));
            assertThat(runs).filteredOn(run -> run.exitCode() == 1).allSatisfy(run -> assertThat(run.err())
                    .contains("busy, left alone"));
            assertThat(mails).hasSize(MAILS);
            await().atMost(OperatedServer.PATIENCE).untilAsserted(() -> {
                operated.run("queue", "retry", "--all");
                assertThat(mails).allSatisfy(mail -> assertThat(
                                mail.at(operated.fabrikam()).count()
                                        + mail.at(operated.other()).count())
                        .isEqualTo(1));
            });
            assertThat(operated.mails("")).isEmpty();
            assertThat(mails).as("some were moved").anySatisfy(mail -> assertThat(mail.at(operated.other()))
                    .hasSize(1));
            Set<String> reasons = operated.server().events(event -> event.type() == MailEvent.Type.OPERATED).stream()
                    .flatMap(event -> event.reason().stream())
                    .collect(Collectors.toSet());
            assertThat(reasons)
                    .contains(
                            "operator: held",
                            "operator: released",
                            "operator: moved to contoso/Other",
                            "operator: the queue is held",
                            "operator: the queue is released");
        }
    }
}
