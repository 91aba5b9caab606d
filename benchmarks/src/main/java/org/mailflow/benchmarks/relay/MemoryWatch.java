package org.mailflow.benchmarks.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks once a second how much memory the processes of a server hold, and keeps the most. */
final class MemoryWatch implements AutoCloseable {

    private static final long INTERVAL_MILLIS = 1_000;

    private final ProcessTree processes;
    private final ScheduledExecutorService clock;
    private final Future<?> looks;
    private long peakKib;

    private MemoryWatch(ProcessTree processes) {
        this.processes = processes;
        this.clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "memory-watch");
            thread.setDaemon(true);
            return thread;
        });
        this.looks = clock.scheduleWithFixedDelay(
                this::lookQuietly, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    static MemoryWatch start(ProcessTree processes) {
        return new MemoryWatch(processes);
    }

    private void lookQuietly() {
        try {
            look();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void look() throws IOException {
        peakKib = Math.max(peakKib, processes.residentKib());
    }

    /** The most so far, this moment included, in KiB. */
    synchronized long peakKib() throws IOException {
        look();
        return peakKib;
    }

    @Override
    public void close() {
        looks.cancel(false);
        clock.shutdown();
    }
}
