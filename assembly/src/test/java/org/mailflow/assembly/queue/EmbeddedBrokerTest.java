package org.mailflow.assembly.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import javax.jms.Connection;
import javax.jms.TextMessage;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import org.apache.activemq.broker.BrokerRegistry;
import org.apache.activemq.broker.BrokerService;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.apache.james.metrics.dropwizard.DropWizardMetricFactory;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.queue.api.ManageableMailQueue;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.apache.james.queue.jms.JMSSupport;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.delivery.QueueHolds;
import org.mailflow.delivery.QueueStore;
import reactor.core.publisher.Flux;

class EmbeddedBrokerTest {
    private static final MailQueueName NAME = MailQueueName.of("outgoing");
    private static final int BEYOND_THE_DEFAULT_PAGE = 1_500;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Queue<IOException> failures = new ConcurrentLinkedQueue<>();
    private final Drain drain = new Drain();
    private Path directory;
    private EmbeddedBroker broker;

    @BeforeEach
    void start(@TempDir Path temporary) throws Exception {
        directory = temporary;
        broker = EmbeddedBroker.start(directory, failures::add);
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void handsOutADueMailBehindManyDelayedOnes() throws Exception {
        ManageableMailQueue queue = queue();
        for (int i = 0; i < BEYOND_THE_DEFAULT_PAGE; i++) {
            enqueue(queue, mail("delayed-" + i, "later"), Duration.ofHours(1));
        }

        enqueue(queue, mail("due", "now"), Duration.ZERO);

        assertThat(next(queue).getMail().getName()).isEqualTo("due");
    }

    /** As large as with {@code -Xmx256m}. */
    private static final long MEMORY = 179L << 20;

    @Test
    void handsOutADueMailBehindMoreDelayedOnesThanItsMemoryHoldsAndShowsThemAll() throws Exception {
        service().getSystemUsage().getMemoryUsage().setLimit(MEMORY);
        ManageableMailQueue queue = queue();
        String large = "text ".repeat(1_000_000);
        for (int i = 0; i < 60; i++) {
            enqueue(queue, mail("delayed-" + i, large), Duration.ofHours(1));
        }
        enqueue(queue, mail("due", large), Duration.ZERO);

        List<Long> sizes = new ArrayList<>();
        queues().browse(NAME, view -> sizes.add(view.size()));
        MailQueue.MailQueueItem due = next(queue);

        assertThat(sizes).hasSize(61).allMatch(size -> size > large.length());
        assertThat(due.getMail().getName()).isEqualTo("due");
        assertThat(due.getMail().getMessageSize()).isGreaterThan(large.length());
        assertThat(broker.isMemoryFull()).isFalse();
    }

    @Test
    void saysSoWhereItCannotShowAllMails() throws Exception {
        ManageableMailQueue queue = queue();
        for (int i = 0; i < 500; i++) {
            enqueue(queue, mail("delayed-" + i, "later"), Duration.ofHours(1));
        }
        service().getSystemUsage().getMemoryUsage().setLimit(100_000);

        assertThatThrownBy(() -> queues().browse(NAME, view -> {}))
                .isInstanceOf(MailQueue.MailQueueException.class)
                .hasMessageContaining("at least")
                .hasMessageContaining("of the 500 mails");
        assertThat(broker.isMemoryFull()).isTrue();
    }

    @Test
    void showsAWholeQueueWithoutReadingAnyMessage() throws Exception {
        enqueue(queue(), mail("delayed", "later"), Duration.ofHours(1));
        List<String> seen = new ArrayList<>();

        queues().browse(NAME, view -> seen.add(view.mail().getName() + " " + messageOf(view)));

        assertThat(seen).containsExactly("delayed none");
    }

    @Test
    void showsOneMailWithItsMessage() throws Exception {
        enqueue(queue(), mail("another", "of no interest"), Duration.ofHours(1));
        enqueue(queue(), mail("o'clock", "five"), Duration.ofHours(1));
        List<String> seen = new ArrayList<>();

        queues().show(NAME, "o'clock", view -> seen.add(view.mail().getName() + " " + messageOf(view)));

        assertThat(seen).containsExactly("o'clock five");
    }

    @Test
    void countsAQueueThatNobodyReadsWithoutLookingIntoIt() throws Exception {
        enqueue(queue(), mail("due", "now"), Duration.ZERO);
        enqueue(queue(), mail("delayed", "later"), Duration.ofHours(1));
        // What is looked at would need memory.
        service().getSystemUsage().getMemoryUsage().setLimit(1);

        assertThat(queue().getSize()).isEqualTo(2);
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
    void holdsADelayedMailBackUntilItIsDue() throws Exception {
        ManageableMailQueue queue = queue();
        enqueue(queue, mail("second", "later"), Duration.ofSeconds(2));
        enqueue(queue, mail("first", "now"), Duration.ZERO);

        MailQueue.MailQueueItem first = next(queue);
        first.done(MailQueue.MailQueueItem.CompletionStatus.SUCCESS);
        MailQueue.MailQueueItem second = next(queue);

        assertThat(first.getMail().getName()).isEqualTo("first");
        assertThat(second.getMail().getName()).isEqualTo("second");
    }

    @Test
    void handsAMailOutAgainHoweverOftenItWasRejected() throws Exception {
        ManageableMailQueue queue = queue();
        enqueue(queue, mail("stubborn", "again"), Duration.ZERO);
        for (int i = 0; i < 20; i++) {
            next(queue).done(MailQueue.MailQueueItem.CompletionStatus.REJECT);
        }

        MailQueue.MailQueueItem again = next(queue);

        assertThat(again.getMail().getName()).isEqualTo("stubborn");
    }

    @Test
    void keepsTheBodyInTheSyncedJournal() throws Exception {
        enqueue(queue(), mail("kept", "a body that nobody else writes"), Duration.ZERO);

        byte[] journal = Files.readAllBytes(directory.resolve("journal/db-1.log"));
        assertThat(new String(journal, StandardCharsets.ISO_8859_1)).contains("a body that nobody else writes");
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(file -> file.toString().contains("blob"))).isEmpty();
        }
    }

    @Test
    void keepsMailOverARestart() throws Exception {
        enqueue(queue(), mail("kept", "text"), Duration.ZERO);
        broker.close();

        broker = EmbeddedBroker.start(directory, failures::add);

        assertThat(next(queue()).getMail().getName()).isEqualTo("kept");
    }

    @Test
    void refusesMailAtOnceWhereTheStoreIsFull() throws Exception {
        ManageableMailQueue queue = queue();
        service().getSystemUsage().getStoreUsage().setLimit(1);

        assertThatThrownBy(() -> queue.enQueue(mail("too much", "text")))
                .isInstanceOf(MailQueue.MailQueueException.class);
    }

    @Test
    void tellsWhenTheJournalFails() {
        IOException failure = new IOException("No space left on device");

        service().handleIOException(failure);

        assertThat(failures).containsExactly(failure);
    }

    @Test
    void letsMailInHandFinishAndHandsOutNoMoreWhenItIsDrained() throws Exception {
        ManageableMailQueue queue = queue();
        enqueue(queue, mail("in hand", "text"), Duration.ZERO);
        enqueue(queue, mail("waiting", "text"), Duration.ZERO);
        MailQueue.MailQueueItem inHand = next(queue);

        boolean early = drain.close(Duration.ofMillis(100));
        inHand.done(MailQueue.MailQueueItem.CompletionStatus.SUCCESS);
        boolean drained = drain.close(PATIENCE);

        assertThat(early).isFalse();
        assertThat(drained).isTrue();
        assertThat(Flux.from(queue.deQueue()).collectList().block(PATIENCE)).isEmpty();
        assertThat(queue.getSize()).isEqualTo(1);
    }

    @Test
    void keepsWhatIsNoMailAndHandsOutWhatIsBehindIt() throws Exception {
        ManageableMailQueue queue = queue();
        Connection connection = broker.connectionFactory().createConnection();
        javax.jms.Session session = connection.createSession(false, javax.jms.Session.AUTO_ACKNOWLEDGE);
        TextMessage message = session.createTextMessage("no mail at all");
        message.setLongProperty(JMSSupport.JAMES_NEXT_DELIVERY, 0);
        session.createProducer(session.createQueue(NAME.asString())).send(message);
        connection.close();
        enqueue(queue, mail("behind", "text"), Duration.ZERO);

        MailQueue.MailQueueItem next = next(queue);

        assertThat(next.getMail().getName()).isEqualTo("behind");
        try (Stream<Path> files = Files.list(directory.resolve("unreadable"))) {
            assertThat(files.toList())
                    .hasSize(2)
                    .anySatisfy(file -> assertThat(file).content().contains("no mail at all"));
        }
    }

    private ManageableMailQueue queue() {
        return queues().createQueue(NAME);
    }

    private DurableQueues queues() {
        return new DurableQueues(
                broker,
                new RawMailQueueItemDecoratorFactory(),
                new DropWizardMetricFactory(new MetricRegistry()),
                new NoopGaugeRegistry(),
                new UnreadableMails(directory.resolve("unreadable")),
                drain,
                QueueHolds.inMemory());
    }

    private static void enqueue(ManageableMailQueue queue, Mail mail, Duration delay)
            throws MailQueue.MailQueueException {
        try {
            queue.enQueue(mail, delay);
        } finally {
            LifecycleUtil.dispose(mail);
        }
    }

    private static MailQueue.MailQueueItem next(ManageableMailQueue queue) {
        return Optional.ofNullable(Flux.from(queue.deQueue()).blockFirst(PATIENCE))
                .orElseThrow();
    }

    /** The broker as the registry of this process knows it. */
    private static BrokerService service() {
        return BrokerRegistry.getInstance().findFirst();
    }

    private static Mail mail(String name, String text) throws MessagingException {
        return MailImpl.builder()
                .name(name)
                .sender("bob@fabrikam.example")
                .addRecipient("ann@contoso.example")
                .mimeMessage(message(text))
                .build();
    }

    private static MimeMessage message(String text) throws MessagingException {
        byte[] octets = ("Subject: test\r\n\r\n" + text + "\r\n").getBytes(StandardCharsets.US_ASCII);
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(octets));
    }
}
