package org.mailflow.benchmarks.relay;

import java.io.IOException;
import java.util.List;

/**
 * So many mails a second, each on a connection of its own: how long mail takes where there is no rush.
 *
 * @param perSecond mails of 4 KiB
 */
record Steady(String name, Way way, int perSecond, Effort effort) implements Cell {

    private static final int SIZE = 4 * 1024;
    private static final int SESSIONS = 20;

    @Override
    public Layout layout() {
        return Layout.SMART_HOSTS;
    }

    @Override
    public List<Way> ways() {
        return List.of(way);
    }

    @Override
    public Measurement measure(Subject subject, Effort work) throws IOException, InterruptedException {
        Content content = Content.ofSize(SIZE);
        int mails = (int) Math.min(work.mails(), work.time().toMillis() * perSecond / 1_000);
        Ledger ledger = subject.arrivals().begin(mails, content.size());
        try (Gauge gauge = Gauge.start(subject)) {
            new Load(ledger, subject.system().port(), content, number -> way.domain(), SESSIONS, false)
                    .steadily(perSecond);
            Gauge.await(ledger, Ledger.Share.ALL);
            return gauge.read(ledger, ledger.timing(Ledger.Share.ALL));
        } finally {
            subject.arrivals().forget(ledger);
        }
    }
}
