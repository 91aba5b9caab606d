package org.mailflow.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.testing.smtp.SmtpStage;

/** Operators at work while mail flows: every mail arrives once, at one connector or the other. */
class OperationUnderLoadTest {

    private static final int MAILS = 120;

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
            int actions = 0;
            while (sending.stream().anyMatch(one -> !one.isDone())) {
                operated.run("queue", "hold", "--connector", "Fabrikam", "--from", "@contoso.com");
                operated.run("queue", "release", "--all");
                operated.run("queue", "hold", "--connector", "Fabrikam");
                operated.run("queue", "retry", "--all");
                operated.run("queue", "move", "--connector", "Fabrikam", "--to", "Other");
                operated.run("queue", "release", "--connector", "Fabrikam");
                actions++;
            }
            senders.shutdown();
            List<TestMail> mails = new ArrayList<>();
            for (Future<List<TestMail>> one : sending) {
                mails.addAll(one.get());
            }
            operated.fabrikam().behave();
            operated.run("queue", "release", "--all");
            operated.run("queue", "retry", "--all");

            assertThat(actions).isPositive();
            assertThat(mails).hasSize(MAILS);
            await().atMost(OperatedServer.PATIENCE).untilAsserted(() -> {
                operated.run("queue", "retry", "--all");
                assertThat(mails).allSatisfy(mail -> assertThat(
                                mail.at(operated.fabrikam()).count()
                                        + mail.at(operated.other()).count())
                        .isEqualTo(1));
            });
            assertThat(operated.mails("")).isEmpty();
        }
    }
}
