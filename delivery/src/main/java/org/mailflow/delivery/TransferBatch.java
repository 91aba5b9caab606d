package org.mailflow.delivery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.james.queue.api.MailQueueName;

/**
 * Mails of one queue that are transferred in one step.
 *
 * @param queue where they are
 * @param names of the mails
 */
record TransferBatch(MailQueueName queue, List<String> names) {

    private static final int MOST = 200;
    private static final long LARGEST = 32L * 1024 * 1024;

    TransferBatch {
        names = List.copyOf(names);
    }

    /** As few batches as memory allows: each is a transaction of the store. */
    static List<TransferBatch> of(List<QueueInventory.Entry> entries) {
        Map<MailQueueName, List<QueueInventory.Entry>> byQueue = new LinkedHashMap<>();
        entries.forEach(entry ->
                byQueue.computeIfAbsent(entry.store(), key -> new ArrayList<>()).add(entry));
        List<TransferBatch> batches = new ArrayList<>();
        byQueue.forEach((queue, own) -> {
            List<String> names = new ArrayList<>();
            long size = 0;
            for (QueueInventory.Entry entry : own) {
                names.add(entry.mail().id());
                size += entry.mail().size();
                if (names.size() == MOST || size >= LARGEST) {
                    batches.add(new TransferBatch(queue, names));
                    names.clear();
                    size = 0;
                }
            }
            if (!names.isEmpty()) {
                batches.add(new TransferBatch(queue, names));
            }
        });
        return batches;
    }
}
