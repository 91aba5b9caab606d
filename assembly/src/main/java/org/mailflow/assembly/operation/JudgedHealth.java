package org.mailflow.assembly.operation;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.james.core.healthcheck.ComponentName;
import org.apache.james.core.healthcheck.Result;
import org.mailflow.core.operation.Finding;
import org.mailflow.core.operation.Level;
import org.mailflow.core.operation.OperationException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Says what was found in the words of James' health checks: a warning is degraded, critical is unhealthy. */
final class JudgedHealth {

    private JudgedHealth() {}

    /** Who judges. */
    @FunctionalInterface
    interface Judgement {

        /** What was found. */
        List<Finding> findings() throws OperationException;
    }

    static Mono<Result> of(ComponentName component, Judgement judgement) {
        return Mono.fromCallable(() -> result(component, judgement)).subscribeOn(Schedulers.boundedElastic());
    }

    private static Result result(ComponentName component, Judgement judgement) {
        try {
            List<Finding> findings = judgement.findings();
            if (findings.isEmpty()) {
                return Result.healthy(component);
            }
            String cause = findings.stream().map(Finding::text).collect(Collectors.joining("; "));
            return findings.stream().anyMatch(finding -> finding.level() == Level.CRITICAL)
                    ? Result.unhealthy(component, cause)
                    : Result.degraded(component, cause);
        } catch (OperationException e) {
            return Result.unhealthy(component, e.text(), e);
        }
    }
}
