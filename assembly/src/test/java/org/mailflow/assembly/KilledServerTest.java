package org.mailflow.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledServerTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int MAILS = 5;

    @Test
    void deliversAfterARestartWhatItHadQueuedWhenItWasKilled(@TempDir Path directory) throws Exception {
        ServerDirectories directories = TestServer.prepare(directory);
        List<String> sent =
                IntStream.range(0, MAILS).mapToObj(i -> "queued " + i).toList();
        stopSpooler(directories);
        ServerChild child = ServerChild.start(directory);
        try (SmtpClient client = SmtpClient.connect(child.smtpPort())) {
            for (String subject : sent) {
                assertThat(client.mail("bob@fabrikam.example", TestServer.USER, subject))
                        .startsWith("250 2.6.0");
            }
        } finally {
            child.kill();
        }
        assertThat(child.awaitEnd()).isEqualTo(128 + 9);
        startSpooler(directories);

        try (MailflowServer restarted = TestServer.start(directory)) {
            await().atMost(PATIENCE)
                    .ignoreExceptionsMatching(ImapClient::isUnsettled)
                    .untilAsserted(
                            () -> assertThat(ImapClient.subjects(restarted)).containsExactlyInAnyOrderElementsOf(sent));
        }
    }

    /** A mail stays in the queue where no thread takes it out. */
    private static void stopSpooler(ServerDirectories directories) throws IOException {
        replace(directories, "mailetcontainer.xml", "<threads>2</threads>", "<threads>0</threads>");
        replace(directories, "webadmin.properties", "enabled=true", "enabled=false");
    }

    private static void startSpooler(ServerDirectories directories) throws IOException {
        replace(directories, "mailetcontainer.xml", "<threads>0</threads>", "<threads>2</threads>");
    }

    private static void replace(ServerDirectories directories, String file, String old, String replacement)
            throws IOException {
        Path path = directories.configuration().resolve(file);
        String content = Files.readString(path);
        assertThat(content).contains(old);
        Files.writeString(path, content.replace(old, replacement));
    }
}
