package org.mailflow.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mail that ends the process each time that it is touched is set aside as well. */
class DeadlyMailTest {
    private static final String DEADLY = "<mailet match=\"All\" class=\"org.mailflow.assembly.FaultyMailet\"/>";

    @Test
    void aMailThatEndsTheProcessIsSetAsideAfterAsManyStartsAsItHasTries(@TempDir Path directory) throws Exception {
        PoisonedServer.prepare(directory, DEADLY);
        Process first = startProcess(directory);
        try (SmtpClient client = SmtpClient.connect(smtpPort(directory, first))) {
            client.mail("bob@fabrikam.example", TestServer.USER, "halt");
        } catch (IOException e) {
            // The process may end before it has answered.
        }
        ends(first);
        for (int started = 2; started <= PoisonedServer.TRIES; started++) {
            ends(startProcess(directory));
        }

        try (MailflowServer survivor = TestServer.start(directory);
                SmtpClient client = SmtpClient.connect(survivor.smtpPorts().get(0))) {
            assertThat(PoisonedServer.awaitSetAside(survivor, 1))
                    .singleElement()
                    .satisfies(DeadlyMailTest::isDeadly);
            assertThat(client.mail("bob@fabrikam.example", TestServer.USER, "good"))
                    .startsWith("250");
            await().atMost(PoisonedServer.PATIENCE)
                    .ignoreExceptionsMatching(ImapClient::isUnsettled)
                    .untilAsserted(
                            () -> assertThat(ImapClient.subjects(survivor)).containsExactly("good"));
        }
    }

    private static void isDeadly(Mail mail) throws Exception {
        assertThat(mail.getMessage().getSubject()).isEqualTo("halt");
        assertThat(mail.getState()).isEqualTo("root");
    }

    private static void ends(Process process) throws InterruptedException {
        assertThat(process.waitFor(PoisonedServer.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(process.exitValue()).isEqualTo(FaultyMailet.HALTED);
    }

    private static Process startProcess(Path directory) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ChildServer.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("child.log").toFile()))
                .start();
    }

    private static int smtpPort(Path directory, Process child) {
        Path ports = directory.resolve("data/ports.properties");
        await().atMost(PoisonedServer.PATIENCE).until(() -> Files.exists(ports) || !child.isAlive());
        Properties read = new Properties();
        try (var reader = Files.newBufferedReader(ports)) {
            read.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Integer.parseInt(read.getProperty("smtp"));
    }
}
