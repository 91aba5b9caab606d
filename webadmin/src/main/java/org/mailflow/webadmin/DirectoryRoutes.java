package org.mailflow.webadmin;

import javax.inject.Inject;
import org.apache.james.webadmin.Routes;
import org.eclipse.jetty.http.HttpStatus;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.explain.LookupForm;
import org.mailflow.core.json.JsonTexts;
import org.mailflow.core.model.Mailflow;
import spark.Request;
import spark.Response;
import spark.Service;

/**
 * {@code POST /mailflow/directory/lookup}: which source of recipients says what of an address, and where its mail goes.
 * The question is a {@link LookupForm}, the answer a {@link org.mailflow.core.explain.LookupResult} on the snapshot that
 * runs: the sources are asked as for mail.
 *
 * <pre>{@code
 * # webadmin.properties
 * extensions.routes=org.mailflow.webadmin.DirectoryRoutes
 * }</pre>
 */
public final class DirectoryRoutes implements Routes {

    private static final String BASE = "/mailflow";
    private static final String LOOKUP = BASE + "/directory/lookup";

    private final LiveMailflow live;
    private final JsonTexts json = new JsonTexts();

    /** Asks the directories of the configuration that runs. */
    @Inject
    public DirectoryRoutes(LiveMailflow live) {
        this.live = live;
    }

    /** What WebAdmin asks the token for. */
    @Override
    public String getBasePath() {
        return BASE;
    }

    @Override
    public void define(Service service) {
        service.post(LOOKUP, this::lookUp);
    }

    private String lookUp(Request request, Response response) {
        try {
            LookupForm form = RequestBody.read(request, json, LookupForm.class);
            return form.flaw()
                    .map(flaw -> new ProblemDetail(HttpStatus.BAD_REQUEST_400, flaw).answer(response, json))
                    .orElseGet(() -> answer(form, response));
        } catch (RefusedRequestException e) {
            return e.problem().answer(response, json);
        }
    }

    private String answer(LookupForm form, Response response) {
        Mailflow mailflow = live.current();
        return form.answer(mailflow).map(json::write).orElseGet(() -> new ProblemDetail(
                        HttpStatus.NOT_FOUND_404,
                        "There is no organization " + form.organization().orElse("") + "; there are "
                                + mailflow.organizations())
                .answer(response, json));
    }
}
