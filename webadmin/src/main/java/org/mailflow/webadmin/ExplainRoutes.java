package org.mailflow.webadmin;

import java.time.Clock;
import javax.inject.Inject;
import org.apache.james.webadmin.Routes;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.explain.Explainer;
import org.mailflow.core.explain.InvalidQuestionException;
import org.mailflow.core.explain.QuestionForm;
import org.mailflow.core.json.JsonTexts;
import spark.Request;
import spark.Response;
import spark.Service;

/**
 * {@code POST /mailflow/explain}: where a mail would go, and why. The question is a {@link QuestionForm}, the answer an
 * {@link org.mailflow.core.explain.Explanation} on the snapshot that runs. No mail is sent and nothing changes.
 *
 * <pre>{@code
 * # webadmin.properties
 * extensions.routes=org.mailflow.webadmin.ExplainRoutes,org.mailflow.webadmin.ConfigurationRoutes
 * }</pre>
 */
public final class ExplainRoutes implements Routes {

    private static final String BASE = "/mailflow";
    private static final String PATH = BASE + "/explain";

    private final LiveMailflow live;
    private final Clock clock;
    private final JsonTexts json = new JsonTexts();

    /** Answers by the configuration that runs. */
    @Inject
    public ExplainRoutes(LiveMailflow live, Clock clock) {
        this.live = live;
        this.clock = clock;
    }

    /** What WebAdmin asks the token for. */
    @Override
    public String getBasePath() {
        return BASE;
    }

    @Override
    public void define(Service service) {
        service.post(PATH, this::explain);
    }

    private String explain(Request request, Response response) {
        try {
            QuestionForm form = RequestBody.read(request, json, QuestionForm.class);
            return json.write(Explainer.explain(live.current(), form.toQuestion(), clock.instant()));
        } catch (RefusedRequestException e) {
            return e.problem().answer(response, json);
        } catch (InvalidQuestionException e) {
            return ProblemDetail.ofQuestion(e.flaws()).answer(response, json);
        }
    }
}
