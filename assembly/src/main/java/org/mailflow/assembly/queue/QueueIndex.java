package org.mailflow.assembly.queue;

import java.time.Clock;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The mails of one queue in the order in which they leave, and those that are in hand. */
final class QueueIndex {

    /** A queue that is let go, and a clock that is set, are noticed within this time. */
    private static final long LOOK_AGAIN = 500;

    private static final Comparator<QueuedMail> BY_RANK =
            Comparator.comparingInt((QueuedMail mail) -> -mail.priority()).thenComparingLong(QueuedMail::id);
    private static final Comparator<QueuedMail> BY_TIME =
            Comparator.comparingLong(QueuedMail::due).thenComparingLong(QueuedMail::id);

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final NavigableMap<Long, QueuedMail> all = new TreeMap<>();
    private final NavigableSet<QueuedMail> ready = new TreeSet<>(BY_RANK);
    private final NavigableSet<QueuedMail> later = new TreeSet<>(BY_TIME);
    private final Set<Long> inHand = new HashSet<>();
    private boolean closed;

    QueueIndex(Clock clock) {
        this.clock = clock;
    }

    void add(QueuedMail mail) {
        lock.lock();
        try {
            all.put(mail.id(), mail);
            line(mail);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void line(QueuedMail mail) {
        if (mail.due() <= clock.millis()) {
            ready.add(mail);
        } else {
            later.add(mail);
        }
    }

    /**
     * Takes the next mail in hand, when there is one.
     *
     * @param mayTake whether any mail may leave at this moment
     * @return null where the queue is closed
     */
    @Nullable
    QueuedMail take(BooleanSupplier mayTake) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed) {
                long now = clock.millis();
                while (!later.isEmpty() && later.first().due() <= now) {
                    ready.add(later.pollFirst());
                }
                if (!ready.isEmpty() && mayTake.getAsBoolean()) {
                    QueuedMail next = ready.pollFirst();
                    inHand.add(next.id());
                    if (!ready.isEmpty()) {
                        // One signal may have come for several.
                        changed.signal();
                    }
                    return next;
                }
                long wait = later.isEmpty()
                        ? LOOK_AGAIN
                        : Math.min(LOOK_AGAIN, later.first().due() - now);
                var unused = changed.await(wait, TimeUnit.MILLISECONDS);
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes mails in hand whether they are due or not.
     *
     * @param names of the mails; those in hand already are left out
     */
    List<QueuedMail> takeNamed(Set<String> names) {
        return take(mail -> names.contains(mail.name()));
    }

    /** Takes mails in hand by their numbers, as {@link #takeNamed} does by their names. */
    List<QueuedMail> takeNumbered(Set<Long> numbers) {
        return take(mail -> numbers.contains(mail.id()));
    }

    private List<QueuedMail> take(Predicate<QueuedMail> condition) {
        lock.lock();
        try {
            List<QueuedMail> taken = all.values().stream()
                    .filter(mail -> condition.test(mail) && !inHand.contains(mail.id()))
                    .toList();
            taken.forEach(mail -> {
                ready.remove(mail);
                later.remove(mail);
                inHand.add(mail.id());
            });
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** A mail in hand is back, and due when it says so. */
    void giveBack(QueuedMail mail) {
        lock.lock();
        try {
            if (inHand.remove(mail.id())) {
                all.put(mail.id(), mail);
                line(mail);
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** A mail in hand is gone. */
    void remove(QueuedMail mail) {
        lock.lock();
        try {
            inHand.remove(mail.id());
            all.remove(mail.id());
        } finally {
            lock.unlock();
        }
    }

    /** Takes all mails in hand that wait for their time. */
    List<QueuedMail> takeWaiting() {
        lock.lock();
        try {
            List<QueuedMail> waiting = List.copyOf(later);
            later.clear();
            waiting.forEach(mail -> inHand.add(mail.id()));
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return all.size();
        } finally {
            lock.unlock();
        }
    }

    /** The mails of this moment, those in hand too, in the order in which they leave once they are all due. */
    List<QueuedMail> mails() {
        lock.lock();
        try {
            return all.values().stream().sorted(BY_RANK).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Hands out no more; whoever waits is told. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
