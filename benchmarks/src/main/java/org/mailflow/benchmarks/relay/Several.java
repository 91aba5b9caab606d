package org.mailflow.benchmarks.relay;

import java.io.IOException;
import java.util.List;

/**
 * Mail for ten smart hosts in turn, as fast as the system takes it. Where two of them are ill, the rate and the latency are
 * those of the mail for the other eight; then the two recover, and their mail must arrive as well.
 *
 * @param ill whether the ninth never says anything, and the tenth says what it has to say one byte a second
 */
record Several(String name, boolean ill, Effort effort) implements Cell {

    private static final int SIZE = 4 * 1024;
    private static final int SESSIONS = 50;
    private static final int WELL = 8;

    @Override
    public Layout layout() {
        return Layout.TEN;
    }

    @Override
    public List<Way> ways() {
        return Layout.TEN.ways();
    }

    @Override
    public Measurement measure(Subject subject, Effort work) throws IOException, InterruptedException {
        List<Way> ways = ways();
        Ledger.Share well = number -> number % ways.size() < WELL;
        Content content = Content.ofSize(SIZE);
        Ledger ledger = subject.arrivals().begin(work.mails(), content.size());
        try (Gauge gauge = Gauge.start(subject)) {
            if (ill) {
                subject.sink(ways.get(WELL)).conduct(Conduct.SILENT);
                subject.sink(ways.get(WELL + 1)).conduct(Conduct.DRIPPING);
            }
            new Load(
                            ledger,
                            subject.system().port(),
                            content,
                            number -> ways.get(number % ways.size()).domain(),
                            SESSIONS,
                            false)
                    .asFastAsPossible(work.time());
            Gauge.await(ledger, well);
            Timing timing = ledger.timing(well);
            if (ill) {
                recover(subject, ledger);
            }
            Gauge.await(ledger, Ledger.Share.ALL);
            return gauge.read(ledger, timing);
        } finally {
            subject.arrivals().forget(ledger);
        }
    }

    private void recover(Subject subject, Ledger ledger) throws IOException, InterruptedException {
        for (Way way : ways().subList(WELL, ways().size())) {
            subject.sink(way).conduct(Conduct.WELL);
        }
        Recovery.await(subject, ledger);
    }
}
