package org.mailflow.core.model;

import java.time.Duration;

/**
 * How the server finds out whether mail still flows through it.
 *
 * @param probeInterval how often a probe mail is sent through every queue; zero for never
 * @param limit how long a queue may stand still
 * @param exit whether the process ends then, to be started anew by its supervisor
 */
public record Liveness(Duration probeInterval, Duration limit, boolean exit) {

    /** Used unless another is configured. */
    public static final Liveness DEFAULT = new Liveness(Duration.ofMinutes(1), Duration.ofMinutes(5), true);

    /** Whether probes are sent at all. */
    public boolean isOn() {
        return !probeInterval.isZero();
    }
}
