package org.mailflow.assembly.flow;

import java.io.IOException;
import javax.inject.Inject;
import org.apache.james.metrics.api.GaugeRegistry;
import org.mailflow.core.storage.Storage;

/** The metric {@code mailflow.storage.free}: how many bytes the data directory's file system has left; -1: unknown. */
final class StorageGauge {

    private static final String NAME = "mailflow.storage.free";
    private static final long UNKNOWN = -1;

    @Inject
    StorageGauge(GaugeRegistry gauges, Storage storage) {
        gauges.register(NAME, () -> free(storage));
    }

    private static long free(Storage storage) {
        try {
            return storage.free();
        } catch (IOException e) {
            return UNKNOWN;
        }
    }
}
