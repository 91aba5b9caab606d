package org.mailflow.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailflowServerTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static Path directory;

    private static MailflowServer server;

    @BeforeAll
    static void start(@TempDir Path temporary) throws Exception {
        directory = temporary;
        server = TestServer.start(directory);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void deliversMailToAMailboxThatImapReads() throws Exception {
        String reply;
        try (SmtpClient client = SmtpClient.connect(server.smtpPorts().get(0))) {
            reply = client.mail("bob@fabrikam.example", TestServer.USER, "delivered");
        }

        assertThat(reply).startsWith("250 2.6.0");
        await().atMost(PATIENCE)
                .ignoreExceptionsMatching(ImapClient::isUnsettled)
                .untilAsserted(() -> assertThat(ImapClient.subjects(server)).contains("delivered"));
    }

    @Test
    void loadsMailetsWithTheBindingsOfAnExtension() throws Exception {
        try (SmtpClient client = SmtpClient.connect(server.smtpPorts().get(0))) {
            client.mail("bob@fabrikam.example", TestServer.USER, "greeted");
        }

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(server.get(RecordingHook.Notes.class).greetings)
                .contains("bound by the extension"));
    }

    @Test
    void listensOnNothingButTheConfiguredPorts() throws Exception {
        Set<Integer> configured = new TreeSet<>(server.smtpPorts());
        configured.addAll(server.imapPorts());
        server.webAdminPort().ifPresent(configured::add);

        Set<Integer> listening = ListeningPorts.ofThisProcess();

        assertThat(configured).hasSize(3);
        assertThat(listening).isEqualTo(configured);
    }

    @Test
    void tellsItsPortsInTheDataDirectory() throws IOException {
        String ports = Files.readString(directory.resolve("data/ports.properties"));

        assertThat(ports)
                .contains("smtp=" + server.smtpPorts().get(0))
                .contains("imap=" + server.imapPorts().get(0));
    }

    @Test
    void keepsItsDataToItself() throws IOException {
        Path data = directory.resolve("data");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
    }

    @Test
    void refusesADataDirectoryThatIsInUse() {
        assertThatThrownBy(() -> TestServer.start(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Another server is running on the data directory");
    }

    @Test
    void runsBesideAnotherServerInTheSameProcess() throws Exception {
        try (MailflowServer second = TestServer.start(directory.resolve("second"))) {
            try (SmtpClient client = SmtpClient.connect(second.smtpPorts().get(0))) {
                client.mail("bob@fabrikam.example", TestServer.USER, "second server");
            }

            await().atMost(PATIENCE)
                    .ignoreExceptionsMatching(ImapClient::isUnsettled)
                    .untilAsserted(() -> assertThat(ImapClient.subjects(second)).containsExactly("second server"));
            assertThat(ImapClient.subjects(server)).doesNotContain("second server");
        }
        try (SmtpClient client = SmtpClient.connect(server.smtpPorts().get(0))) {
            assertThat(client.mail("bob@fabrikam.example", TestServer.USER, "first goes on"))
                    .startsWith("250 2.6.0");
        }
    }
}
