package org.mailflow.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mail that ends the process each time that it is touched is set aside as well. */
class DeadlyMailTest {
    private static final String DEADLY = "<mailet match=\"All\" class=\"org.mailflow.assembly.FaultyMailet\"/>";

    @Test
    void aMailThatEndsTheProcessIsSetAsideAfterAsManyStartsAsItHasTries(@TempDir Path directory) throws Exception {
        PoisonedServer.prepare(directory, DEADLY);
        ServerChild first = ServerChild.start(directory);
        try (SmtpClient client = SmtpClient.connect(first.smtpPort())) {
            client.mail("bob@fabrikam.example", TestServer.USER, "halt");
        } catch (IOException e) {
            // The process may end before it has answered.
        }
        ends(first);
        for (int started = 2; started <= PoisonedServer.TRIES; started++) {
            ends(ServerChild.start(directory));
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

    private static void ends(ServerChild child) throws InterruptedException {
        assertThat(child.awaitEnd()).isEqualTo(FaultyMailet.HALTED);
    }
}
