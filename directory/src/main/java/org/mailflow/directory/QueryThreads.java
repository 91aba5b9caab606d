package org.mailflow.directory;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that ask a server, one for each question at a time; they end where there is nothing to ask. */
final class QueryThreads {

    private static final long IDLE_SECONDS = 60;

    private QueryThreads() {}

    static ExecutorService of(String name, int count) {
        return of(name, count, Integer.MAX_VALUE);
    }

    /**
     * Threads that take on so many questions.
     *
     * @param waiting how many wait for a thread; what comes beyond is rejected
     */
    static ExecutorService of(String name, int count, int waiting) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                count, count, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(waiting), task -> {
                    Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }
}
