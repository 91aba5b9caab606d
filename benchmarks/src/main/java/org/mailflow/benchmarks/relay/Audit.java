package org.mailflow.benchmarks.relay;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.mailflow.testing.strace.SystemCalls;

/**
 * A measured run of this project's server under strace, which must sync each mail before it answers 250.
 *
 * @param mails of the run
 * @param out where the verdict is told
 */
record Audit(int mails, PrintWriter out) {

    private static final int SIZE = 4 * 1024;
    private static final int SESSIONS = 10;
    private static final int TOLD = 10;

    /** Whether every 250 was true. */
    boolean isPassed(Systems systems) throws IOException, InterruptedException {
        Path directory = systems.directory(SystemName.OURS, Layout.SMART_HOSTS);
        Path trace = directory.resolve("trace");
        Content content = Content.ofSize(SIZE);
        Ledger ledger;
        try (Subject subject = systems.start(SystemName.OURS, Layout.SMART_HOSTS, List.of(SystemCalls.tracer(trace)))) {
            ledger = subject.arrivals().begin(mails, content.size());
            new Load(ledger, subject.system().port(), content, number -> Way.PLAIN.domain(), SESSIONS, false)
                    .asFastAsPossible(Duration.ofHours(1));
            Gauge.await(ledger, Ledger.Share.ALL);
        }
        SyncAudit audit = new SyncAudit(SystemCalls.read(trace), directory.resolve("data"));
        List<String> faults = audit.faults(ledger, Way.PLAIN);
        out.printf(
                "audit: %d mails accepted in %d sessions, %d arrived, %d syncs: %s%n",
                ledger.accepted(),
                SESSIONS,
                ledger.arrived(),
                audit.syncs(),
                faults.isEmpty() ? "each was on disk before its 250" : faults.size() + " faults");
        faults.stream().limit(TOLD).forEach(out::println);
        return faults.isEmpty() && ledger.missing() == 0;
    }
}
