package org.mailflow.assembly.queue;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.jms.Session;
import org.apache.james.queue.api.MailQueue.MailQueueException;
import org.apache.james.queue.api.MailQueue.MailQueueItem;
import org.apache.mailet.Mail;
import org.mailflow.delivery.TransactedItem;

/** Knows in whose transaction a thread is that handles a queued mail. */
final class OpenTransactions {
    private final Map<Thread, Session> sessions = new ConcurrentHashMap<>();

    /** Returns the session of the item that the calling thread handles; empty where it handles none. */
    Optional<Session> current() {
        return Optional.ofNullable(sessions.get(Thread.currentThread()));
    }

    /** Returns the item, handled from now on in the transaction of the session that it was taken out with. */
    TransactedItem item(MailQueueItem item, Session session) {
        return new Item(item, session);
    }

    private final class Item implements TransactedItem {
        private final MailQueueItem item;
        private final Session session;

        private Item(MailQueueItem item, Session session) {
            this.item = item;
            this.session = session;
        }

        @Override
        public void handle(Runnable handling) {
            sessions.put(Thread.currentThread(), session);
            try {
                handling.run();
            } finally {
                sessions.remove(Thread.currentThread());
            }
        }

        @Override
        public Mail getMail() {
            return item.getMail();
        }

        /** Ends the transaction: what the thread enqueues afterwards, for example for another try, is on its own. */
        @Override
        public void done(CompletionStatus status) throws MailQueueException {
            sessions.remove(Thread.currentThread());
            item.done(status);
        }
    }
}
