package org.mailflow.assembly.queue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.activemq.store.kahadb.disk.journal.DataFile;
import org.apache.activemq.store.kahadb.disk.journal.Journal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps files of the journal that have damaged places, before the store opens without what is in these. Behind the last mail
 * that was synced, damage is what a crash or a full disk left of a write that nobody was answered for; anywhere else it is
 * the disk's.
 */
final class DamagedJournal {
    private static final Logger LOGGER = LoggerFactory.getLogger(DamagedJournal.class);

    private DamagedJournal() {}

    /**
     * Copies each damaged file of a journal to {@code damaged} beside it, and tells of it.
     *
     * @return whether there was any
     * @throws IOException where the journal cannot be read, or there is no room for the copy
     */
    static boolean setAside(Path directory) throws IOException {
        if (!hasFiles(directory)) {
            return false;
        }
        Journal journal = new Journal();
        journal.setDirectory(directory.toFile());
        journal.setChecksum(true);
        journal.setCheckForCorruptionOnStartup(true);
        journal.start();
        boolean damaged = false;
        try {
            for (DataFile file : journal.getFileMap().values()) {
                if (!file.getCorruptedBlocks().isEmpty()) {
                    copy(file, directory.resolveSibling("damaged"));
                    damaged = true;
                }
            }
        } finally {
            journal.close();
        }
        return damaged;
    }

    private static boolean hasFiles(Path directory) throws IOException {
        if (Files.notExists(directory)) {
            return false;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "db-*.log")) {
            return files.iterator().hasNext();
        }
    }

    private static void copy(DataFile file, Path aside) throws IOException {
        Path original = file.getFile().toPath();
        Path copy = aside.resolve(original.getFileName() + "-"
                + Files.getLastModifiedTime(original).toMillis());
        Files.createDirectories(aside);
        Files.copy(original, copy, StandardCopyOption.REPLACE_EXISTING);
        LOGGER.error(
                "{} is damaged at {} and is used without these bytes; a copy is {}",
                original,
                file.getCorruptedBlocks(),
                copy);
    }
}
