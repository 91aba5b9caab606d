package org.mailflow.benchmarks.relay;

/**
 * A way out as a server is told of it.
 *
 * @param port of the smart host on 127.0.0.1
 */
record Link(Way way, int port) {

    /** Whether it is for every domain that no other way is for. */
    boolean isDefault() {
        return way.equals(Way.PLAIN);
    }
}
