package org.mailflow.delivery.custody;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
import org.apache.mailet.Mail;
import org.mailflow.delivery.TransactedItem;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * Takes the mails of a queue, one for each free worker, from start to stop; where mails have to leave room for others ({@link
 * Crowds}), some more, which stand aside. The queue is read by one subscription, since a
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

    private static final Logger LOGGER = LoggerFactory.getLogger(QueueWorkers.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    /** A mail that has no new place comes again at once where it is given back at once; unless somebody says how long. */
    private static final Duration GIVE_BACK_AFTER = Duration.ofSeconds(5);
    /** So many mails may stand aside, while their crowd has all that it may have. */
    private static final int ASIDE = 100;

    private static final long BYTES_ASIDE = 32L * 1024 * 1024;

    private final MailQueue queue;
    private final String name;
    private final Handler handler;
    private final Crowds crowds;
    private final Clock clock = Clock.systemUTC();
    private final Lanes<MailQueueItem> lanes;
    private final Pulse pulse;
    private final ThreadPoolExecutor workers;
    private final ScheduledExecutorService timer;
    private final Scheduler reader;
    private final Set<MailQueueItem> waiting = ConcurrentHashMap.newKeySet();
    private final Reading reading;
    private final List<Runnable> onStop = new ArrayList<>();

    /**
     * Workers that are not started yet.
     *
     * @param concurrency how many there are
     * @param threads how the threads are called, before the name of the queue
     */
    public QueueWorkers(MailQueue queue, int concurrency, String threads, Handler handler, Pulse pulse) {
        this(queue, concurrency, threads, handler, Crowds.none(), false, pulse);
    }

    /**
     * Workers that are not started yet.
     *
     * @param concurrency how many there are
     * @param threads how the threads are called, before the name of the queue
     * @param crowds whose mails share a limit
     * @param aside whether some mails may stand aside
     */
    public QueueWorkers(
            MailQueue queue,
            int concurrency,
            String threads,
            Handler handler,
            Crowds crowds,
            boolean aside,
            Pulse pulse) {
        this.queue = queue;
        this.name = queue.getName().asString();
        this.handler = handler;
        this.crowds = crowds;
        this.lanes = new Lanes<>(concurrency, ASIDE, BYTES_ASIDE, clock);
        this.reading = new Reading(concurrency + (aside ? ASIDE : 0));
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
        Flux.from(queue.deQueue())
                .handle(this::answerProbe)
                // Before the rest, so that whoever waits for a mail waits on this thread: never a worker who asked for
                // the next one, nor the timer of a retry.
                .subscribeOn(reader)
                .retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_PAUSE)
                        .maxBackoff(LONGEST_PAUSE)
                        .transientErrors(true)
                        .doBeforeRetry(signal -> LOGGER.error("Queue {} cannot be read", name, signal.failure())))
                .subscribe(reading);
    }

    /**
     * Has other workers from now on.
     *
     * @param concurrency how many there are
     * @param aside whether some mails may stand aside
     */
    public void resize(int concurrency, boolean aside) {
        if (concurrency > workers.getMaximumPoolSize()) {
            workers.setMaximumPoolSize(concurrency);
            workers.setCorePoolSize(concurrency);
        } else {
            workers.setCorePoolSize(concurrency);
            workers.setMaximumPoolSize(concurrency);
        }
        pulse.workers(concurrency);
        lanes.workers(concurrency);
        reading.places(concurrency + (aside ? ASIDE : 0));
    }

    /** Asks the queue for a mail for each place that is free. */
    private final class Reading extends BaseSubscriber<MailQueueItem> {
        private int places;
        private int given;
        private boolean begun;

        Reading(int places) {
            this.places = places;
        }

        @Override
        protected void hookOnSubscribe(Subscription upstream) {
            synchronized (this) {
                begun = true;
            }
            ask(0);
        }

        @Override
        protected void hookOnNext(MailQueueItem item) {
            come(item);
        }

        @Override
        protected void hookOnError(Throwable failure) {
            LOGGER.error("Queue {} is read no more", name, failure);
        }

        void places(int many) {
            synchronized (this) {
                places = many;
            }
            ask(0);
        }

        /** A place is free. */
        void free() {
            ask(1);
        }

        private void ask(int back) {
            int more;
            synchronized (this) {
                given -= back;
                more = begun ? Math.max(0, places - given) : 0;
                given += more;
            }
            if (more > 0) {
                request(more);
            }
        }

        boolean isUnderWay() {
            synchronized (this) {
                return begun && !isDisposed();
            }
        }
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

    private void come(MailQueueItem item) {
        Mail mail = item.getMail();
        String crowd = crowdOf(mail);
        Lanes.Verdict verdict = lanes.come(crowd, crowds.most(), item, size(mail));
        if (verdict instanceof Lanes.Verdict.Go) {
            go(crowd, item);
        } else if (verdict instanceof Lanes.Verdict.Full full) {
            Handler putBack = back -> crowds.putBack(back, full.comesAgainIn());
            work(item, () -> TransactedItem.handle(item, () -> handle(item, putBack)));
        }
    }

    /** Nothing may go wrong where items come in: no other would come. */
    private String crowdOf(Mail mail) {
        try {
            return crowds.of(mail);
        } catch (RuntimeException | Error e) {
            LOGGER.error("Nobody can tell whom mail {} has to leave room for", mail.getName(), e);
            return "";
        }
    }

    private static long size(Mail mail) {
        try {
            return mail.getMessageSize();
        } catch (MessagingException e) {
            // Whoever handles it finds out.
            return 0;
        }
    }

    private void go(String crowd, MailQueueItem item) {
        work(item, () -> {
            Instant begun = clock.instant();
            try {
                TransactedItem.handle(item, () -> handle(item, handler));
            } finally {
                lanes.leave(crowd, crowds.most(), Duration.between(begun, clock.instant()))
                        .forEach(next -> go(next.getKey(), next.getValue()));
            }
        });
    }

    private void work(MailQueueItem item, Runnable task) {
        pulse.took();
        try {
            workers.execute(() -> {
                try {
                    task.run();
                } finally {
                    pulse.finished();
                }
            });
        } catch (RejectedExecutionException e) {
            // The workers were stopped meanwhile.
            pulse.finished();
            back(item);
        }
    }

    private void handle(MailQueueItem item, Handler handling) {
        try {
            handling.handle(item);
        } catch (Exception | Error e) {
            Duration wait = e instanceof GiveBack back ? back.waitBefore() : GIVE_BACK_AFTER;
            LOGGER.error(
                    "Mail {} stays in queue {}, and is given back in {} s",
                    item.getMail().getName(),
                    name,
                    wait.toSeconds(),
                    e);
            hold(item, wait);
            return;
        }
        release(item);
    }

    private void hold(MailQueueItem item, Duration wait) {
        pulse.waits();
        waiting.add(item);
        try {
            var unused = timer.schedule(() -> giveBack(item), wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The workers were stopped meanwhile.
            giveBack(item);
        }
    }

    private void giveBack(MailQueueItem item) {
        if (!waiting.remove(item)) {
            return;
        }
        pulse.gaveBack();
        back(item);
    }

    private void back(MailQueueItem item) {
        try {
            item.done(MailQueueItem.CompletionStatus.RETRY);
        } catch (MessagingException | RuntimeException e) {
            LOGGER.error(
                    "Mail {} cannot be given back to its queue", item.getMail().getName(), e);
        }
        release(item);
    }

    /** The item is done with: its worker's place is free for the next. */
    private void release(MailQueueItem item) {
        try {
            LifecycleUtil.dispose(item.getMail());
        } finally {
            reading.free();
        }
    }

    /** Runs something beside the mails, when a worker is free. */
    public void execute(Runnable task) {
        workers.execute(task);
    }

    /** Whether the queue is read: not before the start, and not after the stop. */
    public boolean isReading() {
        return reading.isUnderWay();
    }

    /** How many mails are being worked on. */
    public int busy() {
        return workers.getActiveCount();
    }

    /** Takes no further mail. */
    public void stop() {
        onStop.forEach(Runnable::run);
        reading.dispose();
        lanes.close().forEach(this::back);
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
