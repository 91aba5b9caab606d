package org.mailflow.assembly.queue;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process at once, as a crash would.
 *
 * <p>An orderly shutdown would ask the broken store to close, and wait for mail that can no longer be acknowledged. Nothing
 * is lost: whatever was answered with 250 is in the store.
 */
public final class HaltProcess implements StoreFailureAction {
    /** The exit status of a process that lost its queue: {@code EX_IOERR} of sysexits. */
    public static final int EXIT_STATUS = 74;

    private static final Logger LOGGER = LoggerFactory.getLogger(HaltProcess.class);

    @Override
    public void onStoreFailure(IOException failure) {
        LOGGER.error("The store of the queues failed; the process ends, start it again when the disk is well", failure);
        Runtime.getRuntime().halt(EXIT_STATUS);
    }
}
