package org.mailflow.directory;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers that a server cannot be asked, so that not every session waits for it in its turn: after a failure nobody
 * asks for a short while, then one does, for all.
 */
final class Circuit {

    private static final List<Duration> PAUSES =
            List.of(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(5));

    private final LongSupplier nanos;
    private int failures;
    private long openUntil;
    private @Nullable String reason;

    Circuit(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Why there is no point in asking now; empty where there may be. */
    synchronized Optional<String> pausing() {
        return nanos.getAsLong() - openUntil < 0 ? Optional.ofNullable(reason) : Optional.empty();
    }

    /** Why the server is not to be asked now; empty where it is, while it fails by this caller alone. */
    synchronized Optional<String> refusal() {
        Optional<String> pausing = pausing();
        if (pausing.isEmpty()) {
            openUntil = nanos.getAsLong() + pause();
        }
        return pausing;
    }

    /** Why the last question failed; empty where it did not. */
    synchronized Optional<String> trouble() {
        return Optional.ofNullable(reason);
    }

    /** The server answered. */
    synchronized void succeeded() {
        failures = 0;
        reason = null;
    }

    /** The server did not; tells whether it did before. */
    synchronized boolean failed(String why) {
        boolean first = reason == null;
        failures++;
        reason = why;
        openUntil = nanos.getAsLong() + pause();
        return first;
    }

    private long pause() {
        return PAUSES.get(Math.min(Math.max(failures, 1), PAUSES.size()) - 1).toNanos();
    }
}
