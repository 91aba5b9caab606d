package org.mailflow.assembly.smtp;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The connections of a listener, so that a stop can let each come to the end of its mail. */
final class OpenSessions {
    private final Set<SmtpSessionHandler> sessions = new HashSet<>();
    private volatile boolean closing;

    synchronized void opened(SmtpSessionHandler session) {
        sessions.add(session);
    }

    synchronized void closed(SmtpSessionHandler session) {
        sessions.remove(session);
        notifyAll();
    }

    /** Whether each session ends as soon as it is not in the middle of a mail's content. */
    boolean isClosing() {
        return closing;
    }

    /** Ends all sessions that are not in the middle of a mail's content, and the others when they are through it. */
    void dismiss() {
        closing = true;
        snapshot().forEach(SmtpSessionHandler::dismiss);
    }

    /**
     * Waits until no session is left.
     *
     * @param patience how long at most
     * @return whether none is left
     * @throws InterruptedException where the thread is interrupted while it waits
     */
    synchronized boolean awaitEnd(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (long left = patience.toNanos(); !sessions.isEmpty() && left > 0; left = deadline - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return sessions.isEmpty();
    }

    private synchronized List<SmtpSessionHandler> snapshot() {
        return List.copyOf(sessions);
    }
}
