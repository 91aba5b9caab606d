package org.mailflow.assembly.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine that loses power leaves the log's end half written; what was synced before is there all the same. */
class DamagedStoreTest {
    private static final MailQueueName NAME = MailQueueName.of("spool");
    private static final int MAILS = 20;

    private Path directory;
    private Path crashed;

    @BeforeEach
    void enqueue(@TempDir Path temporary) throws Exception {
        directory = temporary.resolve("queue");
        crashed = temporary.resolve("crashed");
        try (OpenedStore opened = OpenedStore.in(directory)) {
            for (int i = 0; i < MAILS; i++) {
                put(opened, "mail-" + i);
            }
            put(opened, "last");
            // As the disk is when the machine loses power now: nothing is closed.
            copy(directory, crashed);
        }
    }

    @Test
    void hasEverythingAfterACrash() throws Exception {
        assertThat(names()).hasSize(MAILS + 1);
    }

    @Test
    void opensWithATornLastRecord() throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(log().toFile(), "rw")) {
            file.setLength(end() - 10);
        }

        assertThat(names()).hasSize(MAILS).doesNotContain("last");
        assertThat(crashed.resolve("damaged")).doesNotExist();
    }

    @Test
    void opensWithGarbageWhereTheNextRecordWouldBegin() throws Exception {
        byte[] garbage = new byte[4_000];
        new Random(1).nextBytes(garbage);
        try (RandomAccessFile file = new RandomAccessFile(log().toFile(), "rw")) {
            file.seek(end());
            file.write(garbage);
        }

        assertThat(names()).hasSize(MAILS + 1);
    }

    @Test
    void opensWithoutADamagedPlaceInTheMiddleAndKeepsACopy() throws Exception {
        long middle = end() / 2;
        try (RandomAccessFile file = new RandomAccessFile(log().toFile(), "rw")) {
            file.seek(middle);
            file.write("damage".repeat(10).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }

        List<String> names = names();

        // The log is read in blocks of 32 KB.
        assertThat(names).hasSizeBetween(MAILS - 5, MAILS).contains("mail-0", "last");
        try (Stream<Path> copies = Files.list(crashed.resolve("damaged"))) {
            assertThat(copies).isNotEmpty();
        }
    }

    @Test
    void takesNewMailAfterwards() throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(log().toFile(), "rw")) {
            file.setLength(end() - 10);
        }

        try (OpenedStore opened = OpenedStore.in(crashed)) {
            put(opened, "new");
        }

        assertThat(names()).hasSize(MAILS + 1).contains("new");
    }

    @Test
    void doesNotStartWithoutAFileThatMailIsIn() throws Exception {
        try (OpenedStore opened = OpenedStore.in(crashed)) {
            // What was in the log is in tables now.
            assertThat(opened.queue(NAME).getSize()).isEqualTo(MAILS + 1);
        }
        Path table = files(crashed.resolve("store"), ".sst").get(0);
        Path away = directory.resolve("taken-away");
        Files.move(table, away);

        assertThatThrownBy(() -> OpenedStore.in(crashed))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(table.getFileName().toString())
                .hasMessageContaining("back-up");

        Files.move(away, table);
        assertThat(names()).hasSize(MAILS + 1);
    }

    private Path log() throws IOException {
        List<Path> logs = files(crashed.resolve("store"), ".log");
        return logs.get(logs.size() - 1);
    }

    private static List<Path> files(Path in, String ending) throws IOException {
        try (Stream<Path> files = Files.list(in)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        }
    }

    /** Where the last byte of content is. */
    private long end() throws IOException {
        byte[] content = Files.readAllBytes(log());
        int end = content.length;
        while (end > 0 && content[end - 1] == 0) {
            end--;
        }
        return end;
    }

    private static void put(OpenedStore opened, String name) throws Exception {
        opened.queue(NAME).enQueue(OpenedStore.mail(name, "text ".repeat(2_000)));
    }

    /** The names of all mails, taken out one by one. */
    private List<String> names() throws Exception {
        List<String> names = new ArrayList<>();
        try (OpenedStore opened = OpenedStore.in(crashed)) {
            long size = opened.queue(NAME).getSize();
            for (long i = 0; i < size; i++) {
                MailQueue.MailQueueItem item = opened.next(NAME);
                names.add(item.getMail().getName());
                item.done(MailQueue.MailQueueItem.CompletionStatus.SUCCESS);
            }
            assertThat(opened.failures()).isEmpty();
        }
        return names;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
