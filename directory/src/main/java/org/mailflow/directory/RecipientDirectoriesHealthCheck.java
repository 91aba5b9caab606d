package org.mailflow.directory;

import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import org.apache.james.core.healthcheck.ComponentName;
import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.core.healthcheck.Result;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Asks every directory server that is in use whether it is there. One that is not makes the server degraded: known
 * recipients still receive mail, the others' mail waits.
 */
public final class RecipientDirectoriesHealthCheck implements HealthCheck {

    private static final ComponentName NAME = new ComponentName("Mailflow recipient directories");

    private final OpenDirectories directories;

    /** Checks these. */
    @Inject
    public RecipientDirectoriesHealthCheck(OpenDirectories directories) {
        this.directories = directories;
    }

    @Override
    public ComponentName componentName() {
        return NAME;
    }

    @Override
    public Publisher<Result> check() {
        return Mono.fromSupplier(this::ask).subscribeOn(Schedulers.boundedElastic());
    }

    private Result ask() {
        List<String> troubles = new ArrayList<>();
        directories.servers().forEach(server -> server.probe()
                .ifPresent(why -> troubles.add(server.title() + ": " + why)));
        return troubles.isEmpty() ? Result.healthy(NAME) : Result.degraded(NAME, String.join("; ", troubles));
    }
}
