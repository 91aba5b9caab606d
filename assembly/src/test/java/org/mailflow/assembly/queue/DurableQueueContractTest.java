package org.mailflow.assembly.queue;

import java.nio.file.Path;
import org.apache.james.queue.api.DelayedManageableMailQueueContract;
import org.apache.james.queue.api.DelayedPriorityMailQueueContract;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.queue.api.ManageableMailQueue;
import org.apache.james.queue.api.PriorityManageableMailQueueContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What James asks of its queues, by James' own tests. */
class DurableQueueContractTest
        implements DelayedManageableMailQueueContract,
                DelayedPriorityMailQueueContract,
                PriorityManageableMailQueueContract {

    private OpenedStore opened;
    private ManageableMailQueue queue;

    @BeforeEach
    void open(@TempDir Path directory) throws Exception {
        opened = OpenedStore.in(directory);
        queue = opened.queue(MailQueueName.of("contract"));
    }

    @AfterEach
    void close() {
        opened.close();
    }

    @Override
    public MailQueue getMailQueue() {
        return queue;
    }

    @Override
    public ManageableMailQueue getManageableMailQueue() {
        return queue;
    }
}
