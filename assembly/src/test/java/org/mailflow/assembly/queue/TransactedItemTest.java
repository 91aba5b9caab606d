package org.mailflow.assembly.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.mail.MessagingException;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueue.MailQueueItem.CompletionStatus;
import org.apache.james.queue.api.MailQueueName;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.delivery.TransactedItem;

/** A mail that is split leaves its queue and stands in the others in one step. */
class TransactedItemTest {
    private static final MailQueueName SPOOL = MailQueueName.of("spool");
    private static final List<MailQueueName> OUTGOING =
            List.of(MailQueueName.of("outgoing-1"), MailQueueName.of("outgoing-2"));
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Path directory;
    private OpenedStore opened;
    private DurableQueues queues;

    @BeforeEach
    void start(@TempDir Path temporary) throws Exception {
        directory = temporary;
        open();
        queues.createQueue(SPOOL).enQueue(mail("split"));
    }

    private void open() throws Exception {
        opened = OpenedStore.in(directory);
        queues = opened.queues();
    }

    @AfterEach
    void stop() {
        opened.close();
    }

    @Test
    void bringsEveryCopyAndTakesTheMailAway() throws Exception {
        MailQueue.MailQueueItem item = next(SPOOL);

        TransactedItem.handle(item, () -> {
            enqueueCopies(OUTGOING.size());
            finish(item, CompletionStatus.SUCCESS);
        });

        assertThat(sizes()).containsExactly(0L, 1L, 1L);
        assertThat(next(OUTGOING.get(0)).getMail().getName()).isEqualTo("copy 0");
        assertThat(next(OUTGOING.get(1)).getMail().getName()).isEqualTo("copy 1");
    }

    @Test
    void showsNoCopyBeforeTheMailIsDoneWith() {
        MailQueue.MailQueueItem item = next(SPOOL);
        List<Long> between = new ArrayList<>();

        TransactedItem.handle(item, () -> {
            enqueueCopies(1);
            between.addAll(sizes());
            finish(item, CompletionStatus.SUCCESS);
        });

        assertThat(between).containsExactly(1L, 0L, 0L);
    }

    @Test
    void bringsNoCopyOfAMailThatIsGivenBack() {
        MailQueue.MailQueueItem item = next(SPOOL);

        TransactedItem.handle(item, () -> {
            enqueueCopies(OUTGOING.size());
            finish(item, CompletionStatus.RETRY);
        });

        assertThat(sizes()).containsExactly(1L, 0L, 0L);
    }

    @Test
    void hasTheMailAndNoCopyAfterARestartBetweenTwoCopies() throws Exception {
        MailQueue.MailQueueItem item = next(SPOOL);
        TransactedItem.handle(item, () -> enqueueCopies(1));

        opened.close();
        open();

        assertThat(sizes()).containsExactly(1L, 0L, 0L);
        assertThat(next(SPOOL).getMail().getName()).isEqualTo("split");
    }

    @Test
    void enqueuesAtOnceWhatIsEnqueuedAfterwards() throws Exception {
        MailQueue.MailQueueItem item = next(SPOOL);

        TransactedItem.handle(item, () -> {
            finish(item, CompletionStatus.SUCCESS);
            enqueueCopies(1);
        });

        assertThat(sizes()).containsExactly(0L, 1L, 0L);
    }

    @Test
    void leavesOtherThreadsAlone() throws Exception {
        MailQueue.MailQueueItem item = next(SPOOL);

        TransactedItem.handle(item, () -> {
            Thread client = new Thread(() -> enqueueCopies(1));
            client.start();
            join(client);
            finish(item, CompletionStatus.RETRY);
        });

        assertThat(sizes()).containsExactly(1L, 1L, 0L);
    }

    private void enqueueCopies(int number) {
        try {
            for (int i = 0; i < number; i++) {
                queues.createQueue(OUTGOING.get(i)).enQueue(mail("copy " + i));
            }
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void finish(MailQueue.MailQueueItem item, CompletionStatus status) {
        try {
            item.done(status);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many mails are in the spool and in each outgoing queue. */
    private List<Long> sizes() {
        List<Long> sizes = new ArrayList<>();
        try {
            sizes.add(queues.createQueue(SPOOL).getSize());
            for (MailQueueName name : OUTGOING) {
                sizes.add(queues.createQueue(name).getSize());
            }
        } catch (MailQueue.MailQueueException e) {
            throw new IllegalStateException(e);
        }
        return sizes;
    }

    private MailQueue.MailQueueItem next(MailQueueName name) {
        return opened.next(name);
    }

    private static Mail mail(String name) throws MessagingException {
        return OpenedStore.mail(name, "text");
    }
}
