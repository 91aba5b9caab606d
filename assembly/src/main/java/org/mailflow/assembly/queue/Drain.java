package org.mailflow.assembly.queue;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.inject.Singleton;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueItemDecoratorFactory.MailQueueItemDecorator;
import org.apache.james.queue.api.MailQueueName;
import org.apache.mailet.Mail;
import org.jspecify.annotations.Nullable;
import org.mailflow.delivery.TransactedItem;
import reactor.core.publisher.SynchronousSink;

/**
 * Knows which mails were taken out of a queue and are not done with, so that a server that stops can let them finish.
 *
 * <p>James interrupts them at once when it stops. A mail in the middle of its delivery then goes to the error processor, or
 * is delivered again after the restart.
 */
@Singleton
public final class Drain {
    private final Map<MailQueueName, Multiset<String>> inHand = new HashMap<>();
    private boolean closed;
    private int count;

    /**
     * Hands out no more mail, and waits for that which was handed out.
     *
     * @param patience how long to wait at most
     * @return whether nothing is in hand any more
     * @throws InterruptedException where the thread is interrupted while it waits
     */
    public synchronized boolean close(Duration patience) throws InterruptedException {
        closed = true;
        long deadline = System.nanoTime() + patience.toNanos();
        for (long left = patience.toNanos(); count > 0 && left > 0; left = deadline - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return count == 0;
    }

    /** The mails of a queue that are in hand, by name. */
    synchronized Set<String> inHand(MailQueueName queue) {
        Multiset<String> names = inHand.get(queue);
        return names == null ? Set.of() : Set.copyOf(names.elementSet());
    }

    /** Whether the server is stopping. */
    public synchronized boolean isClosed() {
        return closed;
    }

    /** Passes an item on, or puts it back into its queue where the server is stopping. */
    void pass(MailQueueName queue, MailQueue.MailQueueItem item, SynchronousSink<MailQueue.MailQueueItem> sink) {
        MailQueue.@Nullable MailQueueItem tracked = take(queue, item);
        if (tracked != null) {
            sink.next(tracked);
            return;
        }
        try {
            item.done(MailQueue.MailQueueItem.CompletionStatus.REJECT);
            sink.complete();
        } catch (MailQueue.MailQueueException e) {
            sink.error(e);
        }
    }

    private synchronized MailQueue.@Nullable MailQueueItem take(MailQueueName queue, MailQueue.MailQueueItem item) {
        if (closed) {
            return null;
        }
        String name = item.getMail().getName();
        count++;
        inHand.computeIfAbsent(queue, key -> HashMultiset.create()).add(name);
        return new InHand(queue, name, item);
    }

    private synchronized void done(MailQueueName queue, String name) {
        count--;
        Optional.ofNullable(inHand.get(queue)).ifPresent(names -> names.remove(name));
        notifyAll();
    }

    /** An item that tells when it is done with. */
    private final class InHand extends MailQueueItemDecorator implements TransactedItem {
        private final MailQueueName queue;
        private final String name;
        private final AtomicBoolean isDone = new AtomicBoolean();

        private InHand(MailQueueName queue, String name, MailQueue.MailQueueItem item) {
            super(item);
            this.queue = queue;
            this.name = name;
        }

        @Override
        public Mail getMail() {
            return mailQueueItem.getMail();
        }

        @Override
        public void handle(Runnable handling) {
            TransactedItem.handle(mailQueueItem, handling);
        }

        @Override
        public void done(CompletionStatus status) throws MailQueue.MailQueueException {
            try {
                mailQueueItem.done(status);
            } finally {
                // Whatever it said: the transaction of the item is over. A second call changes nothing.
                if (isDone.compareAndSet(false, true)) {
                    Drain.this.done(queue, name);
                }
            }
        }
    }
}
