package org.mailflow.assembly.queue;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the mails that have a message in common: who leaves last takes it along.
 *
 * <p>A message whose count is zero is gone, and nobody can share it any more. Who leaves one to others must have left before
 * the count says so, lest the last one take the message of a mail that is still there after a crash.
 */
final class Bodies {

    private final Map<Long, AtomicInteger> users = new ConcurrentHashMap<>();
    private final String word = UUID.randomUUID() + "-";

    /** What tells the messages of this store from those of another. */
    String word() {
        return word;
    }

    /** One more mail has a message which is new, or which is found at the start. */
    void found(long body) {
        users.computeIfAbsent(body, key -> new AtomicInteger()).incrementAndGet();
    }

    /** One more mail shares a message; false where it is gone. */
    boolean share(long body) {
        return Optional.ofNullable(users.get(body))
                .map(count -> count.getAndUpdate(n -> n == 0 ? 0 : n + 1) > 0)
                .orElse(false);
    }

    /** Takes a message along where the caller is the last one that has it. */
    boolean leaveLast(long body) {
        AtomicInteger count = users.get(body);
        if (count != null && count.compareAndSet(1, 0)) {
            users.remove(body);
            return true;
        }
        return false;
    }

    /** Leaves a message to others; true where there are none left meanwhile, and the message is to be deleted. */
    boolean leave(long body) {
        AtomicInteger count = users.get(body);
        if (count != null && count.decrementAndGet() == 0) {
            users.remove(body);
            return true;
        }
        return false;
    }

    boolean isUsed(long body) {
        return users.containsKey(body);
    }
}
