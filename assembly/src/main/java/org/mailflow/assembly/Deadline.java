package org.mailflow.assembly;

import java.time.Duration;

/** A moment by which something must be over, whatever the clock on the wall does meanwhile. */
final class Deadline {
    private final long end;

    /** So long from now. */
    Deadline(Duration patience) {
        this(System.nanoTime() + patience.toNanos());
    }

    private Deadline(long end) {
        this.end = end;
    }

    /** How long until then; nothing where it is over. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    /** This one, or one that is so long from now where that is sooner. */
    Deadline butAtMost(Duration patience) {
        return new Deadline(Math.min(end, System.nanoTime() + patience.toNanos()));
    }
}
