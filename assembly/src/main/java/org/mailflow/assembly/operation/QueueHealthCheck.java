package org.mailflow.assembly.operation;

import java.time.Clock;
import javax.inject.Inject;
import org.apache.james.core.healthcheck.ComponentName;
import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.core.healthcheck.Result;
import org.mailflow.core.operation.StatusJudge;
import org.reactivestreams.Publisher;

/** Tells James whether every queue is read, and how long and how old it is. */
final class QueueHealthCheck implements HealthCheck {

    private static final ComponentName NAME = new ComponentName(StatusJudge.QUEUES_CHECK);

    private final StatusJudge judge;
    private final RecentQueues queues;
    private final Clock clock;

    @Inject
    QueueHealthCheck(StatusJudge judge, RecentQueues queues, Clock clock) {
        this.judge = judge;
        this.queues = queues;
        this.clock = clock;
    }

    @Override
    public ComponentName componentName() {
        return NAME;
    }

    @Override
    public Publisher<Result> check() {
        return JudgedHealth.of(NAME, () -> judge.queues(queues.look().queues(), clock.instant()));
    }
}
