package org.mailflow.assembly.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.stream.Stream;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.apache.james.metrics.dropwizard.DropWizardMetricFactory;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.queue.api.ManageableMailQueue;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.delivery.QueueHolds;
import reactor.core.publisher.Flux;

/** A machine that loses power leaves the journal's end half written; what was synced before is there all the same. */
class DamagedJournalTest {
    private static final MailQueueName NAME = MailQueueName.of("spool");
    private static final int MAILS = 20;
    /** More than two files of 32 MB hold. */
    private static final int LARGE_MAILS = 12;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Path directory;
    private Path journal;

    @BeforeEach
    void enqueue(@TempDir Path temporary) throws Exception {
        directory = temporary.resolve("queue");
        journal = directory.resolve("journal/db-1.log");
        for (int i = 0; i < MAILS; i++) {
            int number = i;
            with(queue -> queue.enQueue(mail("mail-" + number)));
        }
    }

    @Test
    void opensWithATornLastRecord() throws Exception {
        with(queue -> queue.enQueue(mail("torn")));
        int body = Files.readString(journal, StandardCharsets.ISO_8859_1).lastIndexOf(" text ");
        try (RandomAccessFile file = new RandomAccessFile(journal.toFile(), "rw")) {
            file.setLength(body);
        }
        removeIndex();

        assertThat(names()).hasSize(MAILS).doesNotContain("torn");
    }

    @Test
    void opensWithGarbageWhereTheNextRecordWouldBegin() throws Exception {
        byte[] garbage = new byte[4_000];
        new Random(1).nextBytes(garbage);
        long whole = end();
        try (RandomAccessFile file = new RandomAccessFile(journal.toFile(), "rw")) {
            file.seek(whole);
            file.write(garbage);
        }
        removeIndex();

        assertThat(names()).hasSize(MAILS);
    }

    @Test
    void opensWithoutItsIndex() throws Exception {
        removeIndex();

        assertThat(names()).hasSize(MAILS);
    }

    @Test
    void opensWithATornIndex() throws Exception {
        Path index = directory.resolve("journal/db.data");
        try (RandomAccessFile file = new RandomAccessFile(index.toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }

        assertThat(names()).hasSize(MAILS);
    }

    @Test
    void takesNewMailAfterwards() throws Exception {
        long whole = end();
        try (RandomAccessFile file = new RandomAccessFile(journal.toFile(), "rw")) {
            file.setLength(whole - 10);
        }
        removeIndex();

        with(queue -> queue.enQueue(mail("new")));

        // What is cut off is the last word of the store, and no mail.
        assertThat(names()).hasSize(MAILS + 1).contains("new");
    }

    @Test
    void doesNotStartWithoutAFileThatMailIsIn() throws Exception {
        for (int i = 0; i < LARGE_MAILS; i++) {
            int number = i;
            with(queue -> queue.enQueue(mail("large-" + number, "text ".repeat(1_500_000))));
        }
        Files.move(journal.resolveSibling("db-2.log"), directory.resolve("taken-away"));

        assertThatThrownBy(() -> with(queue -> queue.enQueue(mail("new"))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("db-2.log");

        Files.move(directory.resolve("taken-away"), journal.resolveSibling("db-2.log"));
        assertThat(names()).hasSize(MAILS + LARGE_MAILS);
    }

    /** Where the last byte of content is: the rest of the file is reserved, and empty. */
    private long end() throws IOException {
        byte[] content = Files.readAllBytes(journal);
        int end = content.length;
        while (end > 0 && content[end - 1] == 0) {
            end--;
        }
        return end;
    }

    private void removeIndex() throws IOException {
        try (Stream<Path> files = Files.list(journal.getParent())) {
            for (Path file : files.filter(path -> path.getFileName().toString().matches("db\\.(data|redo|free)"))
                    .toList()) {
                Files.delete(file);
            }
        }
    }

    private interface Use {
        void of(ManageableMailQueue queue) throws Exception;
    }

    /** Opens the store, as after a crash, and closes it. */
    private void with(Use use) throws Exception {
        List<IOException> failures = new ArrayList<>();
        EmbeddedBroker broker = EmbeddedBroker.start(directory, failures::add);
        DurableQueues queues = new DurableQueues(
                broker,
                new RawMailQueueItemDecoratorFactory(),
                new DropWizardMetricFactory(new MetricRegistry()),
                new NoopGaugeRegistry(),
                new UnreadableMails(directory.resolve("unreadable")),
                new Drain(),
                QueueHolds.inMemory());
        try {
            use.of(queues.createQueue(NAME));
        } finally {
            queues.destroy();
            broker.close();
        }
        assertThat(failures).isEmpty();
    }

    /** The names of all mails, taken out one by one. */
    private List<String> names() throws Exception {
        List<String> names = new ArrayList<>();
        with(queue -> {
            long size = queue.getSize();
            for (long i = 0; i < size; i++) {
                MailQueue.MailQueueItem item = Optional.ofNullable(
                                Flux.from(queue.deQueue()).blockFirst(PATIENCE))
                        .orElseThrow();
                names.add(item.getMail().getName());
                item.done(MailQueue.MailQueueItem.CompletionStatus.SUCCESS);
            }
        });
        return names;
    }

    private static Mail mail(String name) throws MessagingException {
        return mail(name, "text ".repeat(100));
    }

    private static Mail mail(String name, String text) throws MessagingException {
        byte[] octets = ("Subject: test\r\n\r\n" + text + "\r\n").getBytes(StandardCharsets.US_ASCII);
        return MailImpl.builder()
                .name(name)
                .sender("bob@fabrikam.example")
                .addRecipient("ann@contoso.example")
                .mimeMessage(new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(octets)))
                .build();
    }
}
