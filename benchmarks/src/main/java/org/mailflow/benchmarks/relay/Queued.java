package org.mailflow.benchmarks.relay;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * So much mail comes while the smart host is down; then it comes back. The rate is that of the mails over the time that it took
 * to take all of them and then to deliver all of them, without the time until the first one is tried again; the processor
 * time is that of everything.
 */
record Queued(String name, Effort effort) implements Cell {

    private static final int SIZE = 4 * 1024;
    private static final int SESSIONS = 10;
    private static final int MANY = 100_000;

    @Override
    public Layout layout() {
        return Layout.OUTAGE;
    }

    @Override
    public List<Way> ways() {
        return List.of(Way.PLAIN);
    }

    @Override
    public int rounds(int wanted) {
        return effort.mails() < MANY ? wanted : 1;
    }

    @Override
    public boolean isFor(SystemName system) {
        return system.isRelay() && (effort.mails() < MANY || system != SystemName.JAMES);
    }

    @Override
    public Measurement measure(Subject subject, Effort work) throws IOException, InterruptedException {
        Content content = Content.ofSize(SIZE);
        Ledger ledger = subject.arrivals().begin(work.mails(), content.size());
        Sink sink = subject.sink(Way.PLAIN);
        try (Gauge gauge = Gauge.start(subject)) {
            sink.goDown();
            new Load(ledger, subject.system().port(), content, number -> Way.PLAIN.domain(), SESSIONS, false)
                    .asFastAsPossible(effort.time());
            sink.comeUp();
            Recovery.await(subject, ledger);
            Timing timing = ledger.timing(Ledger.Share.ALL);
            return summary(gauge.read(ledger, timing), ledger);
        } finally {
            sink.comeUp();
            subject.arrivals().forget(ledger);
        }
    }

    private static Measurement summary(Measurement read, Ledger ledger) {
        Duration in = ledger.timeOfAcceptances();
        Duration out = ledger.timeOfArrivals();
        return new Measurement(
                read.mails(),
                perSecond(read.mails(), in.plus(out)),
                read.cpuMillis(),
                Double.NaN,
                Double.NaN,
                read.peakKib(),
                read.lost(),
                read.duplicates(),
                read.damaged(),
                read.refusals(),
                String.format(
                        Locale.ROOT,
                        "%.0f/s taken, %.0f/s delivered",
                        perSecond(read.mails(), in),
                        perSecond(read.mails(), out)));
    }

    private static double perSecond(int mails, Duration time) {
        return mails * 1e9 / Math.max(1, time.toNanos());
    }
}
