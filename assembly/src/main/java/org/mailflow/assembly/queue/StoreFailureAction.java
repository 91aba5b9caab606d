package org.mailflow.assembly.queue;

import java.io.IOException;

/**
 * What the server does when the store of the queues cannot be written or read.
 *
 * <p>The store is dead from then on: it neither takes nor hands out mail, and does not recover when the disk does. So the
 * process has to end, for its supervisor to start it anew.
 */
@FunctionalInterface
public interface StoreFailureAction {

    /**
     * Called on the thread that met the failure, once per failure. Must not throw.
     *
     * @param failure what the store said
     */
    void onStoreFailure(IOException failure);
}
