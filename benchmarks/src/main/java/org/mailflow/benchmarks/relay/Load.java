package org.mailflow.benchmarks.relay;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Submits the mails of a measurement, in the order of their numbers, from several sessions at a time.
 *
 * @param ledger where each mail is noted
 * @param port of the server
 * @param content of the mails
 * @param domains of the recipient of each mail
 * @param sessions at a time
 * @param kept whether a session keeps its connection; otherwise each mail has one of its own
 */
record Load(Ledger ledger, int port, Content content, IntFunction<String> domains, int sessions, boolean kept) {

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int ATTEMPTS = 600;

    /** As fast as the server takes them, until all are sent or the time is over. */
    void asFastAsPossible(Duration limit) throws IOException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        submit(number -> System.nanoTime() < end ? System.nanoTime() : 0);
    }

    /** So many a second, whatever the server does; a mail begins at the time when it is due. */
    void steadily(int perSecond) throws IOException, InterruptedException {
        long start = System.nanoTime();
        long interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
        submit(number -> {
            long due = start + number * interval;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            return due;
        });
    }

    /** When a mail begins; the clock waits for that. 0: no more mail. */
    private interface Clock {
        long begin(int number);
    }

    private void submit(Clock clock) throws IOException, InterruptedException {
        AtomicInteger next = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(sessions);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < sessions; i++) {
                running.add(threads.submit(() -> {
                    new Session(clock, next).run();
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("mail cannot be submitted: " + e.getCause(), e);
        } finally {
            threads.shutdownNow();
            ledger.end();
        }
    }

    private final class Session {

        private final Clock clock;
        private final AtomicInteger next;
        private @Nullable Client open;

        private Session(Clock clock, AtomicInteger next) {
            this.clock = clock;
            this.next = next;
        }

        private void run() throws IOException, UnwelcomeException {
            try {
                for (int number = next.getAndIncrement(); number < ledger.capacity(); number = next.getAndIncrement()) {
                    long begin = clock.begin(number);
                    if (begin == 0) {
                        break;
                    }
                    ledger.begin(number, begin);
                    send(number);
                }
            } finally {
                leave();
            }
        }

        /** Until it is taken, as a sender with a queue would. */
        private void send(int number) throws IOException, UnwelcomeException {
            byte[] mail = content.of(ledger.mail(number));
            String recipient = ledger.mail(number).address(domains.apply(number));
            for (int attempt = 1; ; attempt++) {
                try {
                    Client client = open == null ? Client.connect(port) : open;
                    open = client;
                    client.send(recipient, mail);
                    ledger.accept(number, client.localPort());
                    if (!kept) {
                        leave();
                    }
                    return;
                } catch (UnwelcomeException e) {
                    if (!e.isTemporary() || attempt >= ATTEMPTS) {
                        throw e;
                    }
                } catch (EOFException | SocketException e) {
                    // The server may end a session when it likes, also one that is kept.
                    if (attempt >= ATTEMPTS) {
                        throw e;
                    }
                }
                abandon();
                ledger.refuse();
                LockSupport.parkNanos(PAUSE);
            }
        }

        private void leave() {
            Client client = open;
            open = null;
            if (client != null) {
                try (client) {
                    client.quit();
                } catch (IOException e) {
                    // It ended the session first. What it had accepted is accepted.
                    return;
                }
            }
        }

        private void abandon() throws IOException {
            Client client = open;
            open = null;
            if (client != null) {
                client.close();
            }
        }
    }
}
