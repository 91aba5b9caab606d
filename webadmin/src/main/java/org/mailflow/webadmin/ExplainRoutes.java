package org.mailflow.webadmin;

import java.time.Clock;
import javax.inject.Inject;
import org.apache.james.webadmin.Routes;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.explain.Explainer;
import org.mailflow.core.explain.InvalidQuestionException;
import org.mailflow.core.explain.QuestionForm;
import org.mailflow.core.json.JsonTexts;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.storage.Storage;
import org.mailflow.core.storage.StorageGate;
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
    private final Storage storage;
    private final JsonTexts json = new JsonTexts();

    /** Answers by the configuration that runs, and by the room that there is for mail. */
    @Inject
    public ExplainRoutes(LiveMailflow live, Clock clock, Storage storage) {
        this.live = live;
        this.clock = clock;
        this.storage = storage;
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
            Mailflow mailflow = live.current();
            return json.write(Explainer.explain(
                    mailflow, form.toQuestion(), clock.instant(), StorageGate.ask(mailflow.server(), storage, 0)));
        } catch (RefusedRequestException e) {
            return e.problem().answer(response, json);
        } catch (InvalidQuestionException e) {
            return ProblemDetail.ofQuestion(e.flaws()).answer(response, json);
        }
    }
}
