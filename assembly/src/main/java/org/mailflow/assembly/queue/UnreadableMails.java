package org.mailflow.assembly.queue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what was in a queue and cannot be made a mail of, byte by byte: {@code NAME.eml} is the content, {@code NAME.txt} the
 * envelope and everything else that the queue knew. Both are on disk before the queue forgets it.
 */
final class UnreadableMails {
    private static final Logger LOGGER = LoggerFactory.getLogger(UnreadableMails.class);

    private final Path directory;

    UnreadableMails(Path directory) {
        this.directory = directory;
    }

    /**
     * Keeps it.
     *
     * @param stored what the store has of the mail
     * @param body what the store has as its message
     */
    void keep(QueuedMail mail, Optional<byte[]> stored, Optional<byte[]> body, Exception cause) throws IOException {
        String name = mail.queue().asString() + "-" + UUID.randomUUID();
        Files.createDirectories(directory);
        write(directory.resolve(name + ".eml"), body.orElse(new byte[0]));
        write(directory.resolve(name + ".txt"), facts(mail, stored, cause).getBytes(StandardCharsets.UTF_8));
        try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
            entries.force(true);
        }
        LOGGER.error(
                "What is in queue {} is no mail and was put into {}",
                mail.queue().asString(),
                directory.resolve(name),
                cause);
    }

    private static String facts(QueuedMail mail, Optional<byte[]> stored, Exception cause) {
        String known =
                stored.map(octets -> new String(octets, StandardCharsets.UTF_8)).orElse("nothing");
        return "cause: " + cause + "\n" + mail + "\nstored: " + known + "\n";
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }
}
