package org.mailflow.assembly.flow;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import org.mailflow.delivery.QueueLedger;

/** What deliveries remember from one start to the next. */
public final class DeliveryModule extends AbstractModule {

    private static final String LEDGER = "outbound-queues";

    private final Path directory;

    /** Remembers in this directory, beside the queues themselves. */
    public DeliveryModule(Path directory) {
        this.directory = directory;
    }

    @Provides
    @Singleton
    QueueLedger ledger() throws IOException {
        return QueueLedger.in(directory.resolve(LEDGER));
    }
}
