package org.mailflow.benchmarks.relay;

import java.time.Duration;
import java.util.LongSummaryStatistics;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

/** What became of each mail of one measurement: when it was begun, whether it was accepted, when and how often it arrived. */
final class Ledger {

    private static final int NEVER = 0;

    private final int run;
    private final AtomicLongArray begun;
    private final AtomicLongArray accepted;
    private final AtomicLongArray arrived;
    private final AtomicIntegerArray ports;
    private final AtomicInteger acceptances = new AtomicInteger();
    private final AtomicInteger arrivals = new AtomicInteger();
    private final AtomicInteger duplicates = new AtomicInteger();
    private final AtomicInteger damaged = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicBoolean submitted = new AtomicBoolean();

    /**
     * An empty one.
     *
     * @param run of all its mails
     * @param mails how many there are at most
     */
    Ledger(int run, int mails) {
        this.run = run;
        this.begun = new AtomicLongArray(mails);
        this.accepted = new AtomicLongArray(mails);
        this.arrived = new AtomicLongArray(mails);
        this.ports = new AtomicIntegerArray(mails);
    }

    int run() {
        return run;
    }

    int capacity() {
        return begun.length();
    }

    MailNumber mail(int number) {
        return new MailNumber(run, number);
    }

    /** The submission of a mail begins, or began at a time of {@link System#nanoTime}. */
    void begin(int number, long nanos) {
        begun.set(number, nanos);
    }

    /**
     * A server has answered 250 to the content.
     *
     * @param port of the client
     */
    void accept(int number, int port) {
        ports.set(number, port);
        accepted.set(number, System.nanoTime());
        acceptances.incrementAndGet();
    }

    /** A server has refused, and is asked again. */
    void refuse() {
        refusals.incrementAndGet();
    }

    /** No more mail is going to be submitted. */
    void end() {
        submitted.set(true);
    }

    /**
     * A mail is whole at the sink.
     *
     * @param whole whether as much came as was sent
     */
    void arrive(int number, boolean whole) {
        if (number >= arrived.length()) {
            return;
        }
        if (!whole) {
            damaged.incrementAndGet();
        }
        if (arrived.compareAndSet(number, NEVER, System.nanoTime())) {
            arrivals.incrementAndGet();
        } else {
            duplicates.incrementAndGet();
        }
    }

    /** The port from which a mail was accepted; 0 where it was not. */
    int port(int number) {
        return ports.get(number);
    }

    int accepted() {
        return acceptances.get();
    }

    int arrived() {
        return arrivals.get();
    }

    int refusals() {
        return refusals.get();
    }

    int duplicates() {
        return duplicates.get();
    }

    int damaged() {
        return damaged.get();
    }

    /** Whether all mail is submitted, and what was accepted of this share has arrived. */
    boolean isComplete(Share share) {
        return submitted.get() && missingOf(share).findAny().isEmpty();
    }

    /** How many mails were accepted and have not arrived. */
    int missing() {
        return (int) missingOf(Share.ALL).count();
    }

    private IntStream missingOf(Share share) {
        return IntStream.range(0, capacity())
                .filter(share::includes)
                .filter(number -> accepted.get(number) != NEVER && arrived.get(number) == NEVER);
    }

    /** The times of the mails that were chosen and have arrived. */
    Timing timing(Share share) {
        int[] numbers = IntStream.range(0, capacity())
                .filter(share::includes)
                .filter(number -> arrived.get(number) != NEVER)
                .toArray();
        long first = IntStream.of(numbers).mapToLong(begun::get).min().orElse(0);
        long last = IntStream.of(numbers).mapToLong(arrived::get).max().orElse(0);
        long[] latencies = IntStream.of(numbers)
                .mapToLong(number -> arrived.get(number) - begun.get(number))
                .sorted()
                .toArray();
        return new Timing(Duration.ofNanos(last - first), latencies);
    }

    /** From the first to the last mail that was accepted. */
    Duration timeOfAcceptances() {
        return span(accepted);
    }

    /** From the first to the last mail that arrived. */
    Duration timeOfArrivals() {
        return span(arrived);
    }

    private static Duration span(AtomicLongArray times) {
        LongSummaryStatistics known = IntStream.range(0, times.length())
                .mapToLong(times::get)
                .filter(time -> time != NEVER)
                .summaryStatistics();
        return known.getCount() == 0 ? Duration.ZERO : Duration.ofNanos(known.getMax() - known.getMin());
    }

    /** Which mails of a measurement count. */
    @FunctionalInterface
    interface Share {
        Share ALL = number -> true;

        boolean includes(int number);
    }
}
