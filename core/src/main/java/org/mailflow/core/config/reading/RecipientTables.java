package org.mailflow.core.config.reading;

import java.nio.file.Path;
import java.util.List;
import org.mailflow.core.directory.RecipientDirectory;

/** Reads the files that hold an organization's recipients. */
@FunctionalInterface
public interface RecipientTables {

    /**
     * Reads files; whatever is wrong in them becomes a problem of the reading.
     *
     * @param files all exist; of several the first that knows an address counts
     */
    RecipientDirectory read(List<Path> files, Reading reading);
}
