package org.mailflow.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailLogReadTest {

    @Test
    void passesOverWhatACrashLeftBehind(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("mail.log");
        MailEvent before = MailEvent.builder(MailEvent.Type.ROUTED, "mail.contoso.com")
                .mailId("A")
                .build();
        MailEvent after = MailEvent.builder(MailEvent.Type.DELIVERED, "mail.contoso.com")
                .mailId("A")
                .build();
        record(file, before);
        Files.write(file, new byte[] {0, 0, (byte) 0xFF, '{', (byte) 0xC3, '\n'}, StandardOpenOption.APPEND);
        record(file, after);

        List<MailEvent> read = new ArrayList<>();
        MailLog.read(file, read::add);

        assertThat(read).containsExactly(before, after);
    }

    @Test
    void losesNoEventBehindALineThatWasCutShort(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("mail.log");
        MailEvent after = MailEvent.builder(MailEvent.Type.DELIVERED, "mail.contoso.com")
                .mailId("B")
                .build();
        Files.writeString(file, "{\"type\":\"DELIV");
        record(file, after);
        record(file, after);

        List<MailEvent> read = new ArrayList<>();
        MailLog.read(file, read::add);

        assertThat(read).containsExactly(after, after);
        assertThat(Files.readAllLines(file)).hasSize(3);
    }

    private static void record(Path file, MailEvent event) throws Exception {
        try (MailLog log = new MailLog(file)) {
            log.record(event);
        }
    }
}
