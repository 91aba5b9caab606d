package org.mailflow.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailflow.core.event.EventLines;
import org.mailflow.core.event.MailEvent;

/** Events one second after another, as a server would log them. */
final class TestEvents {

    private final List<MailEvent> events = new ArrayList<>();
    private Instant time = Instant.parse("2026-01-01T12:00:00Z");

    TestEvents add(MailEvent.Type type, Optional<String> mailId, Optional<String> messageId, String... recipients) {
        MailEvent.Builder event = MailEvent.builder(type, "mail.contoso.com")
                .messageId(messageId)
                .sender("erin@cpandl.com")
                .recipients(List.of(recipients));
        mailId.ifPresent(event::mailId);
        return add(event);
    }

    TestEvents add(MailEvent.Builder builder) {
        MailEvent event = builder.build();
        events.add(new MailEvent(
                time,
                event.type(),
                event.server(),
                event.mailId(),
                event.messageId(),
                event.sender(),
                event.recipients(),
                event.organization(),
                event.connector(),
                event.peer(),
                event.tlsVersion(),
                event.tlsCipher(),
                event.peerIdentity(),
                event.reply(),
                event.reason(),
                event.generation()));
        time = time.plusSeconds(1);
        return this;
    }

    Path writeTo(Path file) throws IOException {
        EventLines lines = new EventLines();
        Files.write(file, events.stream().map(lines::write).toList(), StandardCharsets.US_ASCII);
        return file;
    }
}
