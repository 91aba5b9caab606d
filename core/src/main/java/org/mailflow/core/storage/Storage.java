package org.mailflow.core.storage;

import java.io.IOException;

/** Where a server keeps its mail. Implementations are safe for use by many threads, and quick: every mail asks. */
@FunctionalInterface
public interface Storage {

    /**
     * How much room is left for this server, in bytes.
     *
     * @throws IOException where the file system does not say
     */
    long free() throws IOException;

    /** Room without end, for servers that keep nothing on a disk. */
    static Storage unlimited() {
        return () -> Long.MAX_VALUE;
    }
}
