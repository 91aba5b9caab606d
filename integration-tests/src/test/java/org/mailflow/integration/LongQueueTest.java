package org.mailflow.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A queue that grew long while its connector was held: an operator sees and handles it within seconds. */
class LongQueueTest {

    private static final Logger LOGGER = LoggerFactory.getLogger(LongQueueTest.class);
    private static final int MAILS = Integer.getInteger("mailflow.test.longQueue", 1_000);
    private static final int SENDERS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    @Test
    void answersWithinSeconds(@TempDir Path directory) throws Exception {
        try (OperatedServer operated = new OperatedServer(directory)) {
            operated.run("queue", "hold", "--connector", "Fabrikam");
            fill(operated);
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(5))
                    .until(() -> operated.run("queue", "list").out().contains(" " + MAILS + " "));

            long list = millis(() -> operated.run("queue", "list"));
            long show = millis(() -> operated.run("queue", "show", "--connector", "Fabrikam"));
            long narrow = millis(() -> operated.run("queue", "show", "--to", "bob0-7@fabrikam.test"));
            long status = millis(() -> operated.run("status"));
            long hold = millis(() -> operated.run("queue", "hold", "--from", "@contoso.com"));
            long release = millis(() -> operated.run("queue", "release", "--all"));
            LOGGER.warn(
                    "{} mails: list {} ms, show {} ms, show one {} ms, status {} ms, hold all {} ms, release all {} ms",
                    MAILS,
                    list,
                    show,
                    narrow,
                    status,
                    hold,
                    release);

            assertThat(operated.run("queue", "list").out()).contains(" " + MAILS + " ");
            assertThat(List.of(list, show, narrow, status)).allSatisfy(took -> assertThat(took)
                    .isLessThan(Duration.ofSeconds(30).toMillis()));
        }
    }

    private static void fill(OperatedServer operated) throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        List<Future<?>> sending = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            int sender = i;
            sending.add(senders.submit(() -> {
                try (SmtpDialogue smtp = operated.server().connect(Contoso.DESK)) {
                    for (int j = 0; j < MAILS / SENDERS; j++) {
                        TestMail.of(Contoso.CHRIS, "bob" + sender + "-" + j + "@fabrikam.test")
                                .sendIn(smtp);
                    }
                }
                return null;
            }));
        }
        senders.shutdown();
        for (Future<?> one : sending) {
            one.get();
        }
    }

    private interface Command {
        CommandRun run() throws Exception;
    }

    private static long millis(Command command) throws Exception {
        long begun = System.nanoTime();
        CommandRun run = command.run();
        // A queue as long as this one is critical, which status says.
        assertThat(run.exitCode()).as(run.err()).isLessThanOrEqualTo(run.out().startsWith("MAILFLOW CRITICAL") ? 2 : 1);
        return Duration.ofNanos(System.nanoTime() - begun).toMillis();
    }
}
