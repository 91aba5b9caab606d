package org.mailflow.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.james.queue.api.MailQueueName;

/**
 * Remembers the names of all queues that ever were: a connector that is removed while the server is down leaves a queue
 * that nobody would read again. One name a line.
 */
public final class QueueLedger {

    private final Optional<Path> file;
    private final Set<String> names = new LinkedHashSet<>();

    private QueueLedger(Optional<Path> file) {
        this.file = file;
    }

    /**
     * A ledger in a file, which need not exist yet.
     *
     * @throws IOException where it cannot be read
     */
    public static QueueLedger in(Path file) throws IOException {
        QueueLedger ledger = new QueueLedger(Optional.of(file));
        if (Files.exists(file)) {
            Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                    .filter(line -> !line.isBlank())
                    .forEach(ledger.names::add);
        }
        return ledger;
    }

    /** A ledger for queues that do not outlive the process. */
    public static QueueLedger inMemory() {
        return new QueueLedger(Optional.empty());
    }

    /** Every name. */
    synchronized Set<String> names() {
        return Set.copyOf(names);
    }

    /** Notes a name, before the first mail is in the queue. */
    synchronized void add(MailQueueName name) {
        if (names.contains(name.asString())) {
            return;
        }
        file.ifPresent(path -> append(path, name.asString() + "\n"));
        names.add(name.asString());
    }

    private static void append(Path path, String line) {
        try {
            Path directory = path.toAbsolutePath().getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            try (FileChannel channel = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
                channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
                channel.force(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the ledger of queues cannot be written: " + path, e);
        }
    }
}
