package org.mailflow.assembly.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.h2.store.fs.FilePathWrapper;

/**
 * An H2 file system whose every write is on disk before it returns.
 *
 * <p>H2 writes a transaction at commit but never asks the operating system to sync it, so that a committed mail would
 * survive the death of the process and not that of the machine. H2 loads the class by its scheme.
 */
public final class SyncedFilePath extends FilePathWrapper {
    static final String SCHEME = "synced";

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return getBase().open(mode.equals("rw") ? "rwd" : mode);
    }
}
