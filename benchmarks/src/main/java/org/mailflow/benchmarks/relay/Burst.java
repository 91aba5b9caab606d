package org.mailflow.benchmarks.relay;

import java.io.IOException;
import java.util.List;

/**
 * Mail for one smart host as fast as the system takes it.
 *
 * @param size of a mail in octets
 * @param sessions at a time
 * @param kept whether a session keeps its connection; otherwise each mail has one of its own
 */
record Burst(String name, Way way, int size, int sessions, boolean kept, Effort effort) implements Cell {

    @Override
    public Layout layout() {
        return Layout.SMART_HOSTS;
    }

    @Override
    public List<Way> ways() {
        return List.of(way);
    }

    @Override
    public boolean isFor(SystemName system) {
        return system.isRelay() || way.equals(Way.PLAIN);
    }

    @Override
    public Measurement measure(Subject subject, Effort work) throws IOException, InterruptedException {
        Content content = Content.ofSize(size);
        Ledger ledger = subject.arrivals().begin(work.mails(), content.size());
        try (Gauge gauge = Gauge.start(subject)) {
            new Load(ledger, subject.system().port(), content, number -> way.domain(), sessions, kept)
                    .asFastAsPossible(work.time());
            Gauge.await(ledger, Ledger.Share.ALL);
            return gauge.read(ledger, ledger.timing(Ledger.Share.ALL));
        } finally {
            subject.arrivals().forget(ledger);
        }
    }
}
