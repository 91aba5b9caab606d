package org.mailflow.benchmarks.stock;

import org.apache.james.ExtraProperties;
import org.apache.james.FakeSearchMailboxModule;
import org.apache.james.JamesServerMain;
import org.apache.james.MemoryJamesConfiguration;
import org.apache.james.MemoryJamesServerMain;
import org.apache.james.modules.RunArgumentsModule;

/**
 * James' memory-app with James' durable queue in place of the one in memory. James' JPA application, which has that queue too,
 * is not in Maven Central.
 */
public final class DurableJames {

    private DurableJames() {}

    /** As {@code MemoryJamesServerMain} does it. */
    public static void main(String[] arguments) throws Exception {
        ExtraProperties.initialize();
        MemoryJamesConfiguration configuration = MemoryJamesConfiguration.builder()
                .useWorkingDirectoryEnvProperty()
                .build();
        JamesServerMain.main(MemoryJamesServerMain.createServer(configuration)
                .combineWith(new FakeSearchMailboxModule())
                .overrideWith(new DurableQueueModule(), new RunArgumentsModule(arguments)));
    }
}
