package org.mailflow.assembly.flow;

import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.core.healthcheck.ComponentName;
import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.core.healthcheck.Result;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.storage.Storage;
import org.mailflow.core.storage.StorageGate;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** Not well as long as mail is refused for want of room ({@code minimumFreeSpace} of {@code mailflow.xml}). */
public final class StorageHealthCheck implements HealthCheck {

    private static final ComponentName NAME = new ComponentName("Free space for mail");

    private final LiveMailflow live;
    private final Storage storage;

    /** Checks this storage. */
    @Inject
    public StorageHealthCheck(LiveMailflow live, Storage storage) {
        this.live = live;
        this.storage = storage;
    }

    @Override
    public ComponentName componentName() {
        return NAME;
    }

    @Override
    public Publisher<Result> check() {
        return Mono.fromSupplier(() -> {
            Optional<StorageGate.Closed> closed = StorageGate.ask(live.current().server(), storage, 0);
            return closed.map(gate -> Result.unhealthy(
                            NAME,
                            "mail is refused with " + gate.reply().code() + ": "
                                    + gate.reason().text()))
                    .orElseGet(() -> Result.healthy(NAME));
        });
    }
}
