package org.mailflow.assembly.queue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the log of a store that has damaged places, before the store opens without what is in these. A torn end, as a crash
 * or a full disk leaves it, is no damage: nobody was answered for what is in it.
 */
final class DamagedStore {
    private static final Logger LOGGER = LoggerFactory.getLogger(DamagedStore.class);

    private DamagedStore() {}

    /**
     * Copies the log to the directory "damaged" beside the store, and tells of it.
     *
     * @throws IOException where the damage is elsewhere, or there is no room for the copy
     */
    static void setAside(Path directory, RocksDBException damage) throws IOException {
        if (!isInLog(damage)) {
            throw beyondHelp(directory, damage);
        }
        Path aside = directory.resolveSibling("damaged");
        Files.createDirectories(aside);
        try (DirectoryStream<Path> logs = Files.newDirectoryStream(directory, "*.log")) {
            for (Path log : logs) {
                Files.copy(
                        log,
                        aside.resolve(log.getFileName() + "-"
                                + Files.getLastModifiedTime(log).toMillis()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        LOGGER.error(
                "The log of the queues' store {} is damaged and is used without these places; copies are in {}. The store says: {}",
                directory,
                aside,
                damage.getMessage());
    }

    /** A file that is missing, or a table that cannot be read, is no damage of the log. */
    private static boolean isInLog(RocksDBException damage) {
        String said = String.valueOf(damage.getMessage());
        return damage.getStatus() != null
                && damage.getStatus().getCode() == Status.Code.Corruption
                && !said.contains(".sst")
                && !said.contains(".blob")
                && !said.contains("issing");
    }

    /** What an operator is told whose store does not open. */
    static IOException beyondHelp(Path directory, RocksDBException failure) {
        return new IOException(
                "The store of the queues in " + directory
                        + " does not open. Where a file is missing or damaged, put the "
                        + "whole directory back from the back-up; to start without the mail in it, move the directory "
                        + "away. The store says: " + failure.getMessage(),
                failure);
    }
}
