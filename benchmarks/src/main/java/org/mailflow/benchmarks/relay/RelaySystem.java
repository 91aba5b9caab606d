package org.mailflow.benchmarks.relay;

import java.io.IOException;

/** A server that relays mail, in processes of its own. */
interface RelaySystem extends AutoCloseable {

    /** Where it takes mail, on 127.0.0.1. */
    int port();

    /** Its processes. */
    ProcessTree processes();

    /** Makes it try now what it has put off. */
    void retryNow() throws IOException, InterruptedException;

    @Override
    void close() throws IOException;
}
