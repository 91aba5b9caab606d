package org.mailflow.assembly.queue;

import com.codahale.metrics.MetricRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.apache.james.metrics.dropwizard.DropWizardMetricFactory;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.apache.james.server.core.MailImpl;
import org.mailflow.delivery.QueueHolds;
import reactor.core.publisher.Flux;

/** The queues of a directory, opened as a server opens them. */
final class OpenedStore implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Queue<IOException> failures = new ConcurrentLinkedQueue<>();
    private final Drain drain = new Drain();
    private final QueueHolds holds = QueueHolds.inMemory();
    private final MailStore store;
    private final DurableQueues queues;

    private OpenedStore(Path directory) throws IOException {
        store = MailStore.open(directory.resolve("store"), failures::add);
        queues = DurableQueues.over(
                store,
                new RawMailQueueItemDecoratorFactory(),
                new DropWizardMetricFactory(new MetricRegistry()),
                new NoopGaugeRegistry(),
                directory.resolve("unreadable"),
                drain,
                holds,
                Clock.systemUTC());
    }

    static OpenedStore in(Path directory) throws IOException {
        return new OpenedStore(directory);
    }

    MailStore store() {
        return store;
    }

    DurableQueues queues() {
        return queues;
    }

    DurableQueue queue(MailQueueName name) {
        return (DurableQueue) queues.createQueue(name);
    }

    Drain drain() {
        return drain;
    }

    Queue<IOException> failures() {
        return failures;
    }

    MailQueue.MailQueueItem next(MailQueueName name) {
        return Optional.ofNullable(Flux.from(queue(name).deQueue()).blockFirst(PATIENCE))
                .orElseThrow();
    }

    static MailImpl mail(String name, String text) throws MessagingException {
        byte[] octets = ("Subject: test\r\n\r\n" + text + "\r\n").getBytes(StandardCharsets.US_ASCII);
        return MailImpl.builder()
                .name(name)
                .sender("bob@fabrikam.example")
                .addRecipient("ann@contoso.example")
                .mimeMessage(new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(octets)))
                .build();
    }

    @Override
    public void close() {
        queues.close();
        store.close();
    }
}
