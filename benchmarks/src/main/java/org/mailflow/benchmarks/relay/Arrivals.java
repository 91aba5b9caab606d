package org.mailflow.benchmarks.relay;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Where sinks tell of mail, whichever measurement it belongs to. */
final class Arrivals {

    private final AtomicInteger runs = new AtomicInteger();
    private final Map<Integer, Open> open = new ConcurrentHashMap<>();

    private record Open(Ledger ledger, int size) {}

    /**
     * Begins a measurement.
     *
     * @param mails how many there are at most
     * @param size of each of them
     */
    Ledger begin(int mails, int size) {
        Ledger ledger = new Ledger(runs.incrementAndGet(), mails);
        open.put(ledger.run(), new Open(ledger, size));
        return ledger;
    }

    /** Forgets a measurement; what comes late is counted no more. */
    void forget(Ledger ledger) {
        open.remove(ledger.run());
    }

    /** A mail came, of so many octets with what was added on the way. */
    void arrive(MailNumber mail, int octets) {
        Open run = open.get(mail.run());
        if (run != null) {
            run.ledger().arrive(mail.number(), octets >= run.size());
        }
    }
}
