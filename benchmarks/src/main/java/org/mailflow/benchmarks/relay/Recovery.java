package org.mailflow.benchmarks.relay;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What an operator does when a smart host is back: has everything tried again, until nothing is left. */
final class Recovery {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private Recovery() {}

    /** Has all waiting mail tried until all has arrived, and again where no more comes. */
    static void await(Subject subject, Ledger ledger) throws IOException, InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!ledger.isComplete(Ledger.Share.ALL) && System.nanoTime() < end) {
            subject.system().retryNow();
            int arrived = ledger.arrived();
            long last = System.nanoTime();
            while (!ledger.isComplete(Ledger.Share.ALL) && System.nanoTime() - last < PATIENCE.toNanos()) {
                LockSupport.parkNanos(STEP_NANOS);
                if (ledger.arrived() != arrived) {
                    arrived = ledger.arrived();
                    last = System.nanoTime();
                }
            }
        }
    }
}
