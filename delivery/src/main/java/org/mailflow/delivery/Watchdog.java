package org.mailflow.delivery;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a connection whose step takes too long. A socket's own time-out counts from the last byte read and not at all
 * while writing, so a host could hold a thread for ever.
 */
final class Watchdog implements AutoCloseable {

    private final ScheduledExecutorService timer;
    private final Socket socket;
    private @Nullable Future<?> bite;
    private volatile boolean bitten;

    /**
     * Watches a connection.
     *
     * @param socket the one beneath TLS, whose close never waits for the other side
     */
    Watchdog(ScheduledExecutorService timer, Socket socket) {
        this.timer = timer;
        this.socket = socket;
    }

    /** Begins a step; the one before is over. */
    void arm(Duration limit) {
        close();
        bite = timer.schedule(this::bite, limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void bite() {
        bitten = true;
        try {
            socket.close();
        } catch (IOException e) {
            // A socket that cannot be closed is closed already.
        }
    }

    /** Whether a step took too long. */
    boolean hasBitten() {
        return bitten;
    }

    /** Ends a step. */
    @Override
    public void close() {
        Future<?> pending = bite;
        if (pending != null) {
            pending.cancel(false);
        }
        bite = null;
    }
}
