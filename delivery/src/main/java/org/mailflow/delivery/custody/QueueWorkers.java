package org.mailflow.delivery.custody;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.mail.MessagingException;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueue.MailQueueItem;
import org.mailflow.delivery.TransactedItem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * Takes the mails of a queue, one for each free worker, from start to stop. The queue is read by one subscription, since a
 * cancelled one may strand a mail that was just taken. Whatever a mail does, its worker and its place come back; whatever
 * the queue does, it is read again.
 */
public final class QueueWorkers {

    /** What is done with an item; the item is done with when it returns. */
    @FunctionalInterface
    public interface Handler {
        /**
         * Handles an item.
         *
         * @throws MessagingException where the item is still in its queue, and must be given back
         */
        void handle(MailQueueItem item) throws MessagingException;
    }

    /** An item that goes back into its queue in a while, and its place among the workers. */
    private record Held(MailQueueItem item, MonoSink<Void> place) {}

    private static final Logger LOGGER = LoggerFactory.getLogger(QueueWorkers.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    /** A mail that has no new place comes again at once where it is given back at once; unless somebody says how long. */
    private static final Duration GIVE_BACK_AFTER = Duration.ofSeconds(5);

    private final MailQueue queue;
    private final String name;
    private final int concurrency;
    private final Handler handler;
    private final Pulse pulse;
    private final ThreadPoolExecutor workers;
    private final ScheduledExecutorService timer;
    private final Scheduler reader;
    private final Set<Held> waiting = ConcurrentHashMap.newKeySet();
    private final Disposable.Swap subscription = Disposables.swap();
    private final List<Runnable> onStop = new ArrayList<>();

    /**
     * Workers that are not started yet.
     *
     * @param concurrency how many there are
     * @param threads how the threads are called, before the name of the queue
     */
    public QueueWorkers(MailQueue queue, int concurrency, String threads, Handler handler, Pulse pulse) {
        this.queue = queue;
        this.name = queue.getName().asString();
        this.concurrency = concurrency;
        this.handler = handler;
        this.pulse = pulse;
        // On threads of our own: one of Reactor's is interrupted when the subscription ends, in the middle of a mail.
        this.workers = new ThreadPoolExecutor(
                concurrency,
                concurrency,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> new Thread(task, threads + "-" + name));
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "back-" + name);
            thread.setDaemon(true);
            return thread;
        });
        this.reader = Schedulers.newSingle("read-" + name, true);
    }

    /** Runs this when the workers are told to stop. */
    public void onStop(Runnable task) {
        onStop.add(task);
    }

    /** Begins. */
    public void start() {
        // Now, not with the first mails: when memory is short, no thread can be made.
        workers.prestartAllCoreThreads();
        subscription.update(Flux.from(queue.deQueue())
                .handle(this::answerProbe)
                // Before the rest, so that whoever waits for a mail waits on this thread: never a worker who asked for
                // the next one, nor the timer of a retry.
                .subscribeOn(reader)
                .retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_PAUSE)
                        .maxBackoff(LONGEST_PAUSE)
                        .transientErrors(true)
                        .doBeforeRetry(signal -> LOGGER.error("Queue {} cannot be read", name, signal.failure())))
                .flatMap(this::hand, concurrency)
                .subscribe(done -> {}, failure -> LOGGER.error("Queue {} is read no more", name, failure)));
    }

    private void answerProbe(MailQueueItem item, SynchronousSink<MailQueueItem> sink) {
        Optional<String> probe = Probes.id(item.getMail());
        if (probe.isEmpty()) {
            sink.next(item);
            return;
        }
        try {
            item.done(MailQueueItem.CompletionStatus.SUCCESS);
            pulse.seen(probe.get());
        } catch (MailQueue.MailQueueException e) {
            sink.error(e);
        } finally {
            LifecycleUtil.dispose(item.getMail());
        }
    }

    private Mono<Void> hand(MailQueueItem item) {
        return Mono.create(sink -> {
            pulse.took();
            workers.execute(() -> {
                try {
                    TransactedItem.handle(item, () -> handle(item, sink));
                } finally {
                    pulse.finished();
                }
            });
        });
    }

    private void handle(MailQueueItem item, MonoSink<Void> place) {
        try {
            handler.handle(item);
        } catch (Exception | Error e) {
            Duration wait = e instanceof GiveBack back ? back.waitBefore() : GIVE_BACK_AFTER;
            LOGGER.error(
                    "Mail {} stays in queue {}, and is given back in {} s",
                    item.getMail().getName(),
                    name,
                    wait.toSeconds(),
                    e);
            hold(new Held(item, place), wait);
            return;
        }
        release(item, place);
    }

    private void hold(Held held, Duration wait) {
        pulse.waits();
        waiting.add(held);
        try {
            var unused = timer.schedule(() -> giveBack(held), wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The workers were stopped meanwhile.
            giveBack(held);
        }
    }

    private void giveBack(Held held) {
        if (!waiting.remove(held)) {
            return;
        }
        pulse.gaveBack();
        MailQueueItem item = held.item();
        try {
            item.done(MailQueueItem.CompletionStatus.RETRY);
        } catch (MessagingException | RuntimeException e) {
            LOGGER.error(
                    "Mail {} cannot be given back to its queue", item.getMail().getName(), e);
        }
        release(item, held.place());
    }

    /** The item is done with: its worker's place is free for the next. */
    private static void release(MailQueueItem item, MonoSink<Void> place) {
        try {
            LifecycleUtil.dispose(item.getMail());
        } finally {
            place.success();
        }
    }

    /** Runs something beside the mails, when a worker is free. */
    public void execute(Runnable task) {
        workers.execute(task);
    }

    /** Whether the queue is read: not before the start, and not after the stop. */
    public boolean isReading() {
        Disposable reads = subscription.get();
        return reads != null && !reads.isDisposed();
    }

    /** How many mails are being worked on. */
    public int busy() {
        return workers.getActiveCount();
    }

    /** Takes no further mail. */
    public void stop() {
        onStop.forEach(Runnable::run);
        subscription.dispose();
        workers.shutdown();
    }

    /** Waits for the mails that are being worked on after {@link #stop}, and cuts off what takes longer. */
    public void awaitEnd(Duration limit) {
        try {
            if (!workers.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                LOGGER.warn("Work on mails of queue {} is cut off", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        workers.shutdownNow();
        timer.shutdownNow();
        List.copyOf(waiting).forEach(this::giveBack);
        reader.dispose();
    }
}
