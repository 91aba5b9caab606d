package org.mailflow.assembly.operation;

import javax.inject.Inject;
import org.apache.james.core.healthcheck.ComponentName;
import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.core.healthcheck.Result;
import org.mailflow.core.operation.RepositoryOperations;
import org.mailflow.core.operation.StatusJudge;
import org.reactivestreams.Publisher;

/** Tells James whether mail stands in a repository and waits for a person. */
final class RepositoryHealthCheck implements HealthCheck {

    private static final ComponentName NAME = new ComponentName(StatusJudge.REPOSITORIES_CHECK);

    private final StatusJudge judge;
    private final RepositoryOperations repositories;

    @Inject
    RepositoryHealthCheck(StatusJudge judge, RepositoryOperations repositories) {
        this.judge = judge;
        this.repositories = repositories;
    }

    @Override
    public ComponentName componentName() {
        return NAME;
    }

    @Override
    public Publisher<Result> check() {
        return JudgedHealth.of(NAME, () -> judge.repositories(repositories.repositories()));
    }
}
