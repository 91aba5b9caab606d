package org.mailflow.integration;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.mailflow.core.event.EventLines;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.event.MailLog;

/** Watches what a server of another process does. */
final class MailLogTail {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path log;
    private final EventLines lines = new EventLines();

    MailLogTail(Path log) {
        this.log = log;
    }

    /** Returns as soon as the server writes such an event. */
    void await(Predicate<MailEvent> wanted) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(file.length());
            awaitIn(file, wanted);
        }
    }

    /** How many such events there were so far. */
    long count(Predicate<MailEvent> wanted) throws IOException {
        AtomicLong count = new AtomicLong();
        if (log.toFile().exists()) {
            MailLog.read(log, event -> {
                if (wanted.test(event)) {
                    count.incrementAndGet();
                }
            });
        }
        return count.get();
    }

    private void awaitIn(RandomAccessFile file, Predicate<MailEvent> wanted) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> added(file).lines().anyMatch(line -> is(line, wanted)));
    }

    private boolean is(String line, Predicate<MailEvent> wanted) {
        Optional<MailEvent> event = lines.read(line);
        return event.isPresent() && wanted.test(event.get());
    }

    private static String added(RandomAccessFile file) throws IOException {
        byte[] added = new byte[(int) (file.length() - file.getFilePointer())];
        file.readFully(added);
        return new String(added, StandardCharsets.US_ASCII);
    }
}
