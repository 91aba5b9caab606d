package org.mailflow.assembly.queue;

import java.io.IOException;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.store.MessageStore;
import org.apache.activemq.store.kahadb.KahaDBPersistenceAdapter;

/** The broker's store on disk, which shows queued mail without bodies. */
final class JournalStore extends KahaDBPersistenceAdapter {

    @Override
    public MessageStore createQueueMessageStore(ActiveMQQueue destination) throws IOException {
        return new BodilessStore(super.createQueueMessageStore(destination));
    }
}
