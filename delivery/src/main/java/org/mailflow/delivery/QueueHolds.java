package org.mailflow.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.james.queue.api.MailQueueName;

/** Remembers which queues an operator holds as a whole, over restarts too. One name a line. */
public final class QueueHolds {

    private final Optional<Path> file;
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    private QueueHolds(Optional<Path> file) {
        this.file = file;
    }

    /**
     * What a file remembers, which need not exist yet.
     *
     * @throws IOException where it cannot be read
     */
    public static QueueHolds in(Path file) throws IOException {
        QueueHolds holds = new QueueHolds(Optional.of(file));
        if (Files.exists(file)) {
            Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                    .filter(line -> !line.isBlank())
                    .forEach(holds.names::add);
        }
        return holds;
    }

    /** Holds that do not outlive the process. */
    public static QueueHolds inMemory() {
        return new QueueHolds(Optional.empty());
    }

    /** Whether no attempt may begin. */
    public boolean isHeld(MailQueueName queue) {
        return names.contains(queue.asString());
    }

    /** Holds a queue. */
    synchronized void hold(MailQueueName queue) {
        Set<String> held = new LinkedHashSet<>(names);
        held.add(queue.asString());
        write(held);
        names.add(queue.asString());
    }

    /** Lets a queue go. */
    synchronized void release(MailQueueName queue) {
        Set<String> held = new LinkedHashSet<>(names);
        held.remove(queue.asString());
        write(held);
        names.remove(queue.asString());
    }

    /** A crash leaves the old file or the new. */
    private void write(Set<String> held) {
        file.ifPresent(path -> {
            byte[] content = held.stream()
                    .map(name -> name + "\n")
                    .collect(Collectors.joining())
                    .getBytes(StandardCharsets.UTF_8);
            try {
                ReplacedFile.write(path, content).close();
            } catch (IOException e) {
                throw new UncheckedIOException("the list of queues on hold cannot be written: " + path, e);
            }
        });
    }
}
