package org.mailflow.assembly.operation;

import java.time.Clock;
import javax.inject.Inject;
import org.apache.james.core.healthcheck.ComponentName;
import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.core.healthcheck.Result;
import org.mailflow.core.operation.StatusJudge;
import org.reactivestreams.Publisher;

/** Tells James how long the certificates are still good for. */
final class CertificateHealthCheck implements HealthCheck {

    private static final ComponentName NAME = new ComponentName(StatusJudge.CERTIFICATES_CHECK);

    private final StatusJudge judge;
    private final CertificateTerms certificates;
    private final Clock clock;

    @Inject
    CertificateHealthCheck(StatusJudge judge, CertificateTerms certificates, Clock clock) {
        this.judge = judge;
        this.certificates = certificates;
        this.clock = clock;
    }

    @Override
    public ComponentName componentName() {
        return NAME;
    }

    @Override
    public Publisher<Result> check() {
        return JudgedHealth.of(NAME, () -> judge.certificates(certificates.all(), clock.instant()));
    }
}
