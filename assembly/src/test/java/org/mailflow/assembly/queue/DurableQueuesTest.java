package org.mailflow.assembly.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueue.MailQueueItem.CompletionStatus;
import org.apache.james.queue.api.MailQueueName;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.delivery.QueueStore;
import org.mailflow.delivery.TransactedItem;
import reactor.core.publisher.Flux;

class DurableQueuesTest {
    private static final MailQueueName NAME = MailQueueName.of("outgoing");
    private static final MailQueueName OTHER = MailQueueName.of("elsewhere");
    private static final int MANY = 1_500;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private Path directory;
    private OpenedStore opened;

    @BeforeEach
    void start(@TempDir Path temporary) throws Exception {
        directory = temporary;
        opened = OpenedStore.in(directory);
    }

    @AfterEach
    void stop() {
        opened.close();
    }

    private void restart() throws Exception {
        opened.close();
        opened = OpenedStore.in(directory);
    }

    @Test
    void handsOutADueMailBehindManyDelayedOnes() throws Exception {
        for (int i = 0; i < MANY; i++) {
            enqueue("delayed-" + i, "later", Duration.ofHours(1));
        }

        enqueue("due", "now", Duration.ZERO);

        assertThat(next().getMail().getName()).isEqualTo("due");
    }

    @Test
    void showsAWholeQueueWithoutReadingAnyMessage() throws Exception {
        enqueue("delayed", "later", Duration.ofHours(1));
        List<String> seen = new ArrayList<>();

        opened.queues().browse(NAME, view -> seen.add(view.mail().getName() + " " + messageOf(view)));

        assertThat(seen).containsExactly("delayed none");
    }

    @Test
    void showsOneMailWithItsMessage() throws Exception {
        enqueue("another", "of no interest", Duration.ofHours(1));
        enqueue("o'clock", "five", Duration.ofHours(1));
        List<String> seen = new ArrayList<>();

        opened.queues().show(NAME, "o'clock", view -> seen.add(view.mail().getName() + " " + messageOf(view)));

        assertThat(seen).containsExactly("o'clock five");
    }

    private static String messageOf(QueueStore.View view) {
        try {
            MimeMessage message = view.mail().getMessage();
            return message == null
                    ? "none"
                    : String.valueOf(message.getContent()).strip();
        } catch (IOException | MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void handsADelayedMailOutAsSoonAsItIsDue() throws Exception {
        enqueue("second", "later", Duration.ofMillis(700));
        enqueue("first", "now", Duration.ZERO);

        MailQueue.MailQueueItem first = next();
        first.done(CompletionStatus.SUCCESS);
        MailQueue.MailQueueItem second = next();

        assertThat(first.getMail().getName()).isEqualTo("first");
        assertThat(second.getMail().getName()).isEqualTo("second");
    }

    @Test
    void handsAMailOutAgainHoweverOftenItWasRejected() throws Exception {
        enqueue("stubborn", "again", Duration.ZERO);
        for (int i = 0; i < 20; i++) {
            next().done(CompletionStatus.REJECT);
        }

        MailQueue.MailQueueItem again = next();

        assertThat(again.getMail().getName()).isEqualTo("stubborn");
    }

    @Test
    void keepsMailWithItsTimeOverARestart() throws Exception {
        enqueue("due", "text", Duration.ZERO);
        enqueue("delayed", "text", Duration.ofHours(1));
        List<String> waiting = new ArrayList<>();

        restart();
        opened.queues()
                .browse(
                        NAME,
                        view -> waiting.add(
                                view.mail().getName() + " " + view.due().isAfter(java.time.Instant.now())));

        assertThat(waiting).containsExactly("due false", "delayed true");
        assertThat(text(next().getMail())).isEqualTo("text");
    }

    @Test
    void keepsMailInHandOverARestart() throws Exception {
        enqueue("in hand", "text", Duration.ZERO);
        next();

        restart();

        assertThat(next().getMail().getName()).isEqualTo("in hand");
    }

    @Test
    void remembersThatMailWasHurried() throws Exception {
        enqueue("delayed", "text", Duration.ofHours(1));
        opened.queue(NAME).flush();

        restart();

        assertThat(next().getMail().getName()).isEqualTo("delayed");
    }

    @Test
    void bringsBackNoMailThatLeavesWhileItsQueueIsHurried() throws Exception {
        for (int i = 0; i < MANY; i++) {
            enqueue("delayed-" + i, "text", Duration.ofHours(1));
        }
        Thread hurrying = new Thread(this::flush);
        hurrying.start();
        for (int i = 0; i < MANY; i++) {
            finish(next());
        }
        hurrying.join(PATIENCE.toMillis());

        restart();

        assertThat(opened.queue(NAME).getSize()).isZero();
        assertThat(bodies()).isZero();
    }

    private void flush() {
        try {
            opened.queue(NAME).flush();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void sharesTheMessageOfAMailThatGoesOnUnchanged() throws Exception {
        enqueue("mail", "text", Duration.ZERO);

        handOn(mail -> {});

        assertThat(bodies()).isEqualTo(1);
        assertThat(text(opened.next(OTHER).getMail())).isEqualTo("text");
    }

    @Test
    void writesTheMessageOfAMailAnewThatWasChanged() throws Exception {
        enqueue("mail", "text", Duration.ZERO);

        handOn(mail -> mail.getMessage().setHeader("Subject", "changed"));

        assertThat(bodies()).isEqualTo(1);
        assertThat(opened.next(OTHER).getMail().getMessage().getSubject()).isEqualTo("changed");
    }

    @Test
    void deletesAMessageWithTheLastMailThatHasIt() throws Exception {
        enqueue("mail", "text", Duration.ZERO);
        MailQueue.MailQueueItem item = next();
        TransactedItem.handle(item, () -> {
            put(OTHER, item.getMail());
            put(OTHER, item.getMail());
            finish(item);
        });

        MailQueue.MailQueueItem one = opened.next(OTHER);
        finish(one);
        int between = bodies();
        restart();
        MailQueue.MailQueueItem other = opened.next(OTHER);
        String text = text(other.getMail());
        finish(other);

        assertThat(between).isEqualTo(1);
        assertThat(text).isEqualTo("text");
        assertThat(bodies()).isZero();
    }

    @Test
    void keepsNoMessageOfAStepThatWasGivenUp() throws Exception {
        enqueue("mail", "text", Duration.ZERO);
        MailQueue.MailQueueItem item = next();
        TransactedItem.handle(item, () -> put(OTHER, item.getMail()));
        item.done(CompletionStatus.RETRY);

        finish(next());

        assertThat(bodies()).isZero();
        assertThat(opened.queue(OTHER).getSize()).isZero();
    }

    @Test
    void movesMailByNameWhetherItIsDueOrNotButNoneThatIsInHand() throws Exception {
        enqueue("in hand", "text", Duration.ZERO);
        next();
        enqueue("due", "text", Duration.ZERO);
        enqueue("delayed", "text", Duration.ofHours(1));

        Set<String> moved = opened.queues()
                .transfer(
                        NAME,
                        List.of("due", "delayed", "in hand", "gone"),
                        (mail, outlet) -> outlet.put(mail, OTHER, Duration.ZERO));

        assertThat(moved).containsExactlyInAnyOrder("due", "delayed");
        assertThat(opened.queue(NAME).getSize()).isEqualTo(1);
        assertThat(opened.queue(OTHER).getSize()).isEqualTo(2);
    }

    @Test
    void movesNoMailWhereAnActionFails() throws Exception {
        enqueue("one", "text", Duration.ZERO);
        enqueue("two", "text", Duration.ZERO);

        assertThatThrownBy(() -> opened.queues().transfer(NAME, List.of("one", "two"), (mail, outlet) -> {
                    outlet.put(mail, OTHER, Duration.ZERO);
                    throw new MessagingException("no");
                }))
                .hasMessage("no");

        assertThat(opened.queue(OTHER).getSize()).isZero();
        assertThat(List.of(next().getMail().getName(), next().getMail().getName()))
                .containsExactly("one", "two");
    }

    @Test
    void tellsWhenTheStoreFails() throws Exception {
        opened.close();

        assertThatThrownBy(() -> enqueue("too late", "text", Duration.ZERO))
                .isInstanceOf(MailQueue.MailQueueException.class)
                .hasRootCauseMessage("the store of the queues is closed");
    }

    @Test
    void letsMailInHandFinishAndHandsOutNoMoreWhenItIsDrained() throws Exception {
        enqueue("in hand", "text", Duration.ZERO);
        enqueue("waiting", "text", Duration.ZERO);
        MailQueue.MailQueueItem inHand = next();

        boolean early = opened.drain().close(Duration.ofMillis(100));
        inHand.done(CompletionStatus.SUCCESS);
        boolean drained = opened.drain().close(PATIENCE);

        assertThat(early).isFalse();
        assertThat(drained).isTrue();
        assertThat(Flux.from(opened.queue(NAME).deQueue()).collectList().block(PATIENCE))
                .isEmpty();
        assertThat(opened.queue(NAME).getSize()).isEqualTo(1);
    }

    @Test
    void keepsWhatIsNoMailAndHandsOutWhatIsBehindIt() throws Exception {
        MailStore.Changes changes = opened.store().changes();
        QueuedMail broken = new QueuedMail(1_000, NAME, "broken", 5, 0, 1_001, 5);
        changes.putMail(1_000, broken.stored("no mail at all".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        changes.writeSynced();
        restart();
        enqueue("behind", "text", Duration.ZERO);

        MailQueue.MailQueueItem next = next();

        assertThat(next.getMail().getName()).isEqualTo("behind");
        try (Stream<Path> files = Files.list(directory.resolve("unreadable"))) {
            assertThat(files.toList())
                    .hasSize(2)
                    .anySatisfy(file -> assertThat(file).content().contains("no mail at all"));
        }
    }

    private interface Change {
        void of(Mail mail) throws MessagingException;
    }

    private void handOn(Change change) throws MessagingException {
        MailQueue.MailQueueItem item = next();
        change.of(item.getMail());
        TransactedItem.handle(item, () -> {
            put(OTHER, item.getMail());
            finish(item);
        });
    }

    private void put(MailQueueName queue, Mail mail) {
        try {
            opened.queue(queue).enQueue(mail);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void finish(MailQueue.MailQueueItem item) {
        try {
            item.done(CompletionStatus.SUCCESS);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private int bodies() throws IOException {
        List<Long> numbers = new ArrayList<>();
        opened.store().readBodyNumbers(numbers::add);
        return numbers.size();
    }

    private static String text(Mail mail) throws IOException, MessagingException {
        return String.valueOf(mail.getMessage().getContent()).strip();
    }

    private void enqueue(String name, String text, Duration delay) throws MessagingException {
        opened.queue(NAME).enQueue(OpenedStore.mail(name, text), delay);
    }

    private MailQueue.MailQueueItem next() {
        return opened.next(NAME);
    }
}
