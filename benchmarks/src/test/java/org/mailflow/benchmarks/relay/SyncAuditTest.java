package org.mailflow.benchmarks.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.testing.strace.SystemCalls;

class SyncAuditTest {

    private static final String LOG = "7</data/queue/1.log>";
    private static final String WRITE =
            "write(" + LOG + ", \"m1-0@plain.relay.test ... 00000001-00000000-xx\", 4000) = 4000";
    private static final String SYNC = "fdatasync(" + LOG + ") = 0";
    private static final String MOVE = "write(" + LOG + ", \"m1-0@plain.relay.test\", 100) = 100";
    private static final String REPLY =
            "write(9<TCP:[127.0.0.1:25->127.0.0.1:5000]>, \"250 2.6.0 taken\\r\\n\", 17) = 17";

    private final Path directory;

    SyncAuditTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void aWriteThatIsSyncedBeforeTheReplyIsInOrder() throws Exception {
        assertThat(faults(WRITE, SYNC, REPLY)).isEmpty();
    }

    @Test
    void theWayToTheNextQueueNeedsNoSync() throws Exception {
        assertThat(faults(WRITE, SYNC, MOVE, REPLY)).isEmpty();
    }

    @Test
    void aSyncAfterTheReplyIsTooLate() throws Exception {
        assertThat(faults(WRITE, REPLY, SYNC)).hasSize(2).allMatch(fault -> fault.contains("never synced"));
    }

    @Test
    void aSyncThatBeganBeforeTheWriteDoesNotCount() throws Exception {
        assertThat(faults(SYNC, WRITE, REPLY)).hasSize(2);
    }

    @Test
    void aSyncThatIsNotOverWhenTheReplyIsWrittenDoesNotCount() throws Exception {
        assertThat(faults(WRITE, "fdatasync(" + LOG + " <unfinished ...>", REPLY, "<... fdatasync resumed>) = 0"))
                .hasSize(2);
    }

    @Test
    void aMailThatIsWrittenNowhereIsAFault() throws Exception {
        assertThat(faults(REPLY)).hasSize(2).allMatch(fault -> fault.contains("written 0 times"));
    }

    @Test
    void aReplyThatCannotBeFoundIsAFault() throws Exception {
        assertThat(faults(WRITE, SYNC)).singleElement().asString().contains("0 replies");
    }

    private List<String> faults(String... calls) throws IOException {
        Path trace = directory.resolve("trace");
        Files.write(trace, List.of(calls).stream().map(call -> "17 " + call).toList());
        Ledger ledger = new Arrivals().begin(1, 100);
        ledger.accept(0, 5000);
        return new SyncAudit(SystemCalls.read(trace), Path.of("/data")).faults(ledger, Way.PLAIN);
    }
}
