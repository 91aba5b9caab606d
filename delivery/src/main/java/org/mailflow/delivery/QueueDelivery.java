package org.mailflow.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.mail.MessagingException;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueue.MailQueueItem;
import org.apache.james.queue.api.ManageableMailQueue;
import org.apache.mailet.Mail;
import org.mailflow.core.model.Mailflow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * Hands on the mails of one James queue. The queue is read by one subscription from start to stop, since a cancelled one
 * may strand a mail that was just taken; what a reload changes is asked anew for every mail.
 */
final class QueueDelivery implements ConnectorDelivery {

    private static final Logger LOGGER = LoggerFactory.getLogger(QueueDelivery.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final MailQueue queue;
    private final Supplier<Optional<ConnectorPolicy>> policy;
    private final Supplier<Mailflow> mailflow;
    private final Desk desk;
    private final Clock clock;
    private final ExecutorService workers;
    private final Scheduler reader;
    private final Disposable subscription;

    QueueDelivery(
            MailQueue queue,
            Supplier<Optional<ConnectorPolicy>> policy,
            Supplier<Mailflow> mailflow,
            Desk desk,
            DeliverySettings settings,
            Clock clock) {
        this.queue = queue;
        this.policy = policy;
        this.mailflow = mailflow;
        this.desk = desk;
        this.clock = clock;
        String name = queue.getName().asString();
        this.workers = Executors.newFixedThreadPool(settings.concurrency(), task -> new Thread(task, "send-" + name));
        this.reader = Schedulers.newSingle("read-" + name, true);
        this.subscription = Flux.from(queue.deQueue())
                .retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_PAUSE)
                        .maxBackoff(LONGEST_PAUSE)
                        .doBeforeRetry(signal -> LOGGER.error("Queue {} cannot be read", name, signal.failure())))
                .flatMap(this::hand, settings.concurrency())
                .subscribeOn(reader)
                .subscribe(done -> {}, failure -> LOGGER.error("Queue {} is read no more", name, failure));
    }

    /** On threads of our own: one of Reactor's is interrupted when the subscription ends, in the middle of a mail. */
    private Mono<Void> hand(MailQueueItem item) {
        return Mono.create(sink -> workers.execute(() -> {
            try {
                TransactedItem.handle(item, () -> handle(item));
            } finally {
                sink.success();
            }
        }));
    }

    @Override
    public void accept(Mail mail) throws MessagingException {
        Tries.begin(mail, clock.instant());
        queue.enQueue(mail);
    }

    @Override
    public void hurry() {
        if (queue instanceof ManageableMailQueue manageable) {
            // A broker takes seconds for it, and whoever reloads waits for us.
            workers.execute(() -> flush(manageable));
        }
    }

    private static void flush(ManageableMailQueue queue) {
        try {
            queue.flush();
        } catch (MessagingException e) {
            LOGGER.warn(
                    "Queue {} cannot be flushed; its mails come in their time",
                    queue.getName().asString(),
                    e);
        }
    }

    private void handle(MailQueueItem item) {
        Mail mail = item.getMail();
        try {
            desk.handle(mail, policy.get(), mailflow.get(), queue);
            item.done(MailQueueItem.CompletionStatus.SUCCESS);
        } catch (Throwable e) {
            LOGGER.error("Mail {} stays in its queue", mail.getName(), e);
            giveBack(item);
        } finally {
            LifecycleUtil.dispose(mail);
        }
    }

    private static void giveBack(MailQueueItem item) {
        try {
            item.done(MailQueueItem.CompletionStatus.RETRY);
        } catch (MessagingException e) {
            LOGGER.error(
                    "Mail {} cannot be given back to its queue", item.getMail().getName(), e);
        }
    }

    @Override
    public void stop() {
        subscription.dispose();
        workers.shutdown();
    }

    @Override
    public void awaitEnd(Duration limit) {
        try {
            if (!workers.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                LOGGER.warn("Attempts of queue {} are cut off", queue.getName().asString());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        workers.shutdownNow();
        reader.dispose();
    }
}
