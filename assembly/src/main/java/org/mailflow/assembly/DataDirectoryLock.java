package org.mailflow.assembly;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Keeps a second server off a data directory: two on one queue would deliver mail twice and lose some. */
final class DataDirectoryLock implements AutoCloseable {
    private final FileChannel file;

    private DataDirectoryLock(FileChannel file) {
        this.file = file;
    }

    /**
     * Takes the directory for this server, until it is closed or the process ends in whatever way.
     *
     * @throws IOException where another server has it, or it cannot be written
     */
    static DataDirectoryLock take(Path data) throws IOException {
        // It holds mail: nobody but the server's user has business there.
        Files.createDirectories(
                data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        FileChannel file = FileChannel.open(data.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!locked(file)) {
            file.close();
            throw new IOException("Another server is running on the data directory " + data);
        }
        return new DataDirectoryLock(file);
    }

    private static boolean locked(FileChannel file) throws IOException {
        try {
            FileLock lock = file.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldInThisProcess) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
