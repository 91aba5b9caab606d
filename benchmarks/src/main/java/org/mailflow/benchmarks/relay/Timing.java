package org.mailflow.benchmarks.relay;

import java.time.Duration;

/** How long mails took. */
final class Timing {

    private final Duration span;
    private final long[] latencies;

    /**
     * Of mails that have arrived.
     *
     * @param span from the begin of the first to the arrival of the last
     * @param latencies of each mail in nanoseconds, the shortest first
     */
    Timing(Duration span, long[] latencies) {
        this.span = span;
        this.latencies = latencies.clone();
    }

    double perSecond() {
        return latencies.length == 0 ? 0 : latencies.length * 1e9 / Math.max(1, span.toNanos());
    }

    /**
     * A percentile of the latencies in milliseconds; NaN where nothing arrived.
     *
     * @param share 0.99 for p99
     */
    double percentile(double share) {
        if (latencies.length == 0) {
            return Double.NaN;
        }
        int index = (int) Math.ceil(share * latencies.length) - 1;
        return latencies[Math.max(0, index)] / 1e6;
    }
}
