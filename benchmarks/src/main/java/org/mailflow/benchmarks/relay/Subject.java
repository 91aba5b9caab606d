package org.mailflow.benchmarks.relay;

import java.io.IOException;
import java.util.Map;

/**
 * A running system with the smart hosts that are its alone.
 *
 * @param sinks by way out
 */
record Subject(SystemName name, RelaySystem system, Map<Way, Sink> sinks, Arrivals arrivals) implements AutoCloseable {

    Sink sink(Way way) {
        Sink sink = sinks.get(way);
        if (sink == null) {
            throw new IllegalArgumentException("no smart host is for " + way.name());
        }
        return sink;
    }

    @Override
    public void close() throws IOException {
        system.close();
        for (Sink sink : sinks.values()) {
            sink.close();
        }
    }
}
