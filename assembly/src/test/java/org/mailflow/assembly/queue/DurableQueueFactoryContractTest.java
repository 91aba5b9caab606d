package org.mailflow.assembly.queue;

import java.nio.file.Path;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.MailQueueFactoryContract;
import org.apache.james.queue.api.ManageableMailQueue;
import org.apache.james.queue.api.ManageableMailQueueFactoryContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What James asks of whoever makes its queues, by James' own tests. */
class DurableQueueFactoryContractTest
        implements MailQueueFactoryContract<ManageableMailQueue>,
                ManageableMailQueueFactoryContract<ManageableMailQueue> {

    private OpenedStore opened;

    @BeforeEach
    void open(@TempDir Path directory) throws Exception {
        opened = OpenedStore.in(directory);
    }

    @AfterEach
    void close() {
        opened.close();
    }

    @Override
    public MailQueueFactory<ManageableMailQueue> getMailQueueFactory() {
        return opened.queues();
    }
}
