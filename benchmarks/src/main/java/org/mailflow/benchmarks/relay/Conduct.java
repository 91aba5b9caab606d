package org.mailflow.benchmarks.relay;

/** How a next hop treats its clients. */
enum Conduct {
    /** As it should. */
    WELL,
    /** It takes connections, and never says anything. */
    SILENT,
    /** It says what it has to say, one byte a second. */
    DRIPPING
}
