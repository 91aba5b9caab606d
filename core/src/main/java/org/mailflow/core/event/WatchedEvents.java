package org.mailflow.core.event;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Passes events on, and tells of those of single mails whoever waits for them. */
public final class WatchedEvents implements MailEvents {

    private final MailEvents next;
    private final Map<String, Consumer<MailEvent>> watchers = new ConcurrentHashMap<>();

    /** A watch over one mail; it ends with {@link #close}. */
    @FunctionalInterface
    public interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    /** Watches on the way to these. */
    public WatchedEvents(MailEvents next) {
        this.next = next;
    }

    @Override
    public void record(MailEvent event) {
        next.record(event);
        if (!watchers.isEmpty()) {
            event.messageId().map(watchers::get).ifPresent(watcher -> watcher.accept(event));
        }
    }

    /**
     * Watches a mail.
     *
     * @param messageId its header Message-ID, which its copies have too
     * @param watcher is told of each event, once it is recorded, on the thread that records it; it must not throw
     */
    public Watch watch(String messageId, Consumer<MailEvent> watcher) {
        watchers.put(messageId, watcher);
        return () -> watchers.remove(messageId);
    }
}
