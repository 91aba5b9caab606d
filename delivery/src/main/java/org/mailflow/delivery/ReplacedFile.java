package org.mailflow.delivery;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes a small file as a whole: after a crash, of the process or of the machine, the old one is there or the new one. */
public final class ReplacedFile {

    private ReplacedFile() {}

    /**
     * Puts a file in the place of another, or of none. The file and its directory are synced.
     *
     * @return the new file, open behind its last byte; whoever calls closes it
     * @throws IOException where it cannot be written: the old one is there then
     */
    public static FileChannel write(Path file, byte[] content) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null) {
            throw new IOException(file + " is no file");
        }
        Files.createDirectories(directory);
        Path written = file.resolveSibling(file.getFileName() + ".new");
        FileChannel channel = FileChannel.open(
                written, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        try {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
                entries.force(true);
            }
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }
}
