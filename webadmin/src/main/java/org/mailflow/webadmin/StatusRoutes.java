package org.mailflow.webadmin;

import javax.inject.Inject;
import org.apache.james.webadmin.Routes;
import org.mailflow.core.operation.StatusJudge;
import org.mailflow.core.operation.StatusSource;
import org.mailflow.core.operation.Thresholds;
import spark.Service;

/**
 * {@code GET /mailflow/status}: how the server fares, as an {@link org.mailflow.core.operation.StatusReport} by the default
 * thresholds. It is answered with 200 whatever it says; {@code level} tells how bad it is.
 */
public final class StatusRoutes implements Routes {

    private static final String BASE = "/mailflow";

    private final StatusSource source;
    private final StatusJudge judge = new StatusJudge(Thresholds.DEFAULT);
    private final OperationAnswers answers = new OperationAnswers();

    /** Tells how this server fares. */
    @Inject
    public StatusRoutes(StatusSource source) {
        this.source = source;
    }

    /** What WebAdmin asks the token for. */
    @Override
    public String getBasePath() {
        return BASE;
    }

    @Override
    public void define(Service service) {
        service.get(BASE + "/status", answers.route(request -> judge.judge(source.facts())));
    }
}
