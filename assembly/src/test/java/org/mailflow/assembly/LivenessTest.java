package org.mailflow.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.inject.Inject;
import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.core.healthcheck.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.assembly.spool.HaltStandingProcess;
import org.mailflow.assembly.spool.StandstillAction;
import org.mailflow.delivery.custody.Pulses;
import reactor.core.publisher.Mono;

/** Whether the server notices that mail no longer flows through it, and only then. */
class LivenessTest {
    private static final String FAULTY = "<mailet match=\"All\" class=\"org.mailflow.assembly.FaultyMailet\"/>";
    private static final String RELAY =
            """
                <processor state="relay">
                  <mailet match="All" class="org.mailflow.mailets.DeliverByConnector">
                    <bounceProcessor>error</bounceProcessor>
                  </mailet>
                </processor>
                <processor state="error">""";

    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();

    /** What the test asks of a server. */
    static final class Parts {
        private final Set<HealthCheck> checks;
        private final Pulses pulses;

        @Inject
        Parts(Set<HealthCheck> checks, Pulses pulses) {
            this.checks = checks;
            this.pulses = pulses;
        }

        Result liveness() {
            return checks.stream()
                    .filter(check -> check.componentName().getName().equals("Liveness"))
                    .map(check -> Mono.from(check.check()).block())
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void probesComeThroughSpoolAndQueuesAndNobodyElseSeesThem(@TempDir Path directory) throws Exception {
        try (MailflowServer server = start(directory)) {
            Parts parts = server.get(Parts.class);
            assertThat(parts.pulses.all())
                    .extracting(watched -> watched.queue().getName().asString())
                    .containsExactlyInAnyOrder("spool", "mailflow-mx");

            for (Pulses.Watched watched : parts.pulses.all()) {
                await().atMost(PoisonedServer.PATIENCE).until(watched.pulse()::awaitsProbe);
                await().atMost(PoisonedServer.PATIENCE)
                        .until(() -> !watched.pulse().awaitsProbe());
            }

            assertThat(parts.liveness().isHealthy()).isTrue();
            assertThat(directory.resolve("data/mail.log")).doesNotExist();
            assertThat(complaints).isEmpty();
        }
    }

    @Test
    void aSpoolWhoseWorkersAllHangIsToldAndEndsTheProcess(@TempDir Path directory) throws Exception {
        try (MailflowServer server = start(directory);
                SmtpClient client = SmtpClient.connect(server.smtpPorts().get(0))) {
            // The test's spooler has two threads.
            client.mail("bob@fabrikam.example", TestServer.USER, "block 1");
            client.mail("bob@fabrikam.example", TestServer.USER, "block 2");

            await().atMost(PoisonedServer.PATIENCE).until(() -> !complaints.isEmpty());

            assertThat(complaints).allSatisfy(complaint -> assertThat(complaint)
                    .contains("Queue spool stands still", "all of its 2 workers"));
            assertThat(server.get(Parts.class).liveness().isUnHealthy()).isTrue();
        }
    }

    @Test
    void theProcessEndsWithStatus75(@TempDir Path directory) throws Exception {
        prepare(directory);
        ServerChild child = ServerChild.start(directory);
        try (SmtpClient client = SmtpClient.connect(child.smtpPort())) {
            client.mail("bob@fabrikam.example", TestServer.USER, "block 1");
            client.mail("bob@fabrikam.example", TestServer.USER, "block 2");
        }

        assertThat(child.awaitEnd()).isEqualTo(HaltStandingProcess.EXIT_STATUS);
    }

    private MailflowServer start(Path directory) throws Exception {
        prepare(directory);
        return TestServer.start(
                directory, binder -> binder.bind(StandstillAction.class).toInstance(complaints::add));
    }

    private static void prepare(Path directory) throws Exception {
        ServerDirectories directories = PoisonedServer.prepare(directory, FAULTY);
        PoisonedServer.replace(directories, "mailetcontainer.xml", "    <processor state=\"error\">", RELAY);
        PoisonedServer.replace(
                directories,
                "mailflow.xml",
                "</server>",
                "<livenessProbeInterval>1s</livenessProbeInterval><livenessLimit>10s</livenessLimit></server>");
    }
}
