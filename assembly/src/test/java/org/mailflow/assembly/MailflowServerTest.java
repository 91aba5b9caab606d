package org.mailflow.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailflowServerTest {
    @Test
    void boots(@TempDir Path data) throws Exception {
        Instant begin = Instant.now();

        try (MailflowServer server = TestServer.start(data)) {
            System.err.println("BOOT " + Duration.between(begin, Instant.now()));
            assertThat(server.smtpPorts()).hasSize(1);
            try (SmtpClient client = SmtpClient.connect(server.smtpPorts().get(0))) {
                System.err.println(client.mail("bob@fabrikam.example", TestServer.USER, "hello"));
            }
            Thread.sleep(3000);
        }
    }
}
