package org.mailflow.assembly.spool;

import java.util.List;
import javax.inject.Inject;
import org.apache.james.core.healthcheck.ComponentName;
import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.core.healthcheck.Result;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** James' health check of whether mail flows: healthy as long as no queue stands still. */
final class LivenessCheck implements HealthCheck {

    private static final ComponentName NAME = new ComponentName("Liveness");

    private final LivenessWatch watch;

    @Inject
    LivenessCheck(LivenessWatch watch) {
        this.watch = watch;
    }

    @Override
    public ComponentName componentName() {
        return NAME;
    }

    @Override
    public Publisher<Result> check() {
        return Mono.fromCallable(() -> {
            List<String> complaints = watch.complaints();
            return complaints.isEmpty() ? Result.healthy(NAME) : Result.unhealthy(NAME, String.join("; ", complaints));
        });
    }
}
