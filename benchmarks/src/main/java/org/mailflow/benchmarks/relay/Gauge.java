package org.mailflow.benchmarks.relay;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Takes the figures of a system from before the first mail until it has nothing more to do for the last one. */
final class Gauge implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    /** In {@link #QUIET_NANOS}: what servers do that have nothing to do. */
    private static final long QUIET_CPU_MILLIS = 20;

    private static final int LOOKS = 25;
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final ProcessTree processes;
    private final MemoryWatch memory;
    private final long cpuBefore;

    private Gauge(ProcessTree processes) throws IOException {
        this.processes = processes;
        settle();
        this.cpuBefore = processes.cpuMillis();
        this.memory = MemoryWatch.start(processes);
    }

    static Gauge start(Subject subject) throws IOException {
        return new Gauge(subject.system().processes());
    }

    /** Waits until everything that was accepted of this share has arrived, as long as mail still comes. */
    static void await(Ledger ledger, Ledger.Share share) {
        int arrived = ledger.arrived();
        long last = System.nanoTime();
        while (!ledger.isComplete(share) && System.nanoTime() - last < LIMIT.toNanos()) {
            LockSupport.parkNanos(STEP_NANOS);
            if (ledger.arrived() != arrived) {
                arrived = ledger.arrived();
                last = System.nanoTime();
            }
        }
    }

    /**
     * The figures of a measurement.
     *
     * @param timing of the mails whose rate and latency count
     */
    Measurement read(Ledger ledger, Timing timing) throws IOException {
        settle();
        long cpu = processes.cpuMillis() - cpuBefore;
        return new Measurement(
                ledger.accepted(),
                timing.perSecond(),
                (double) cpu / Math.max(1, ledger.accepted()),
                timing.percentile(0.5),
                timing.percentile(0.99),
                memory.peakKib(),
                ledger.missing(),
                ledger.duplicates(),
                ledger.damaged(),
                ledger.refusals(),
                "");
    }

    /** Waits for what servers do after the last mail, such as the removal from their queue: it counts as well. */
    private void settle() throws IOException {
        long cpu = processes.cpuMillis();
        for (int i = 0; i < LOOKS; i++) {
            LockSupport.parkNanos(QUIET_NANOS);
            long now = processes.cpuMillis();
            if (now - cpu <= QUIET_CPU_MILLIS) {
                return;
            }
            cpu = now;
        }
    }

    @Override
    public void close() {
        memory.close();
    }
}
