package org.mailflow.webadmin;

import javax.inject.Inject;
import org.apache.james.webadmin.Routes;
import org.mailflow.core.config.InvalidConfigurationException;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.json.JsonTexts;
import spark.Request;
import spark.Response;
import spark.Service;

/**
 * {@code GET /mailflow/configuration}: which snapshot runs, since when, with which warnings. {@code POST
 * /mailflow/reload}: reads {@code mailflow.xml} anew; it is swapped in whole, or refused whole with 409 and every problem
 * while the old snapshot goes on.
 */
public final class ConfigurationRoutes implements Routes {

    private static final String BASE = "/mailflow";
    private static final String CONFIGURATION = BASE + "/configuration";
    private static final String RELOAD = BASE + "/reload";

    private final LiveMailflow live;
    private final JsonTexts json = new JsonTexts();

    /** Shows and reloads this configuration. */
    @Inject
    public ConfigurationRoutes(LiveMailflow live) {
        this.live = live;
    }

    /** What WebAdmin asks the token for. */
    @Override
    public String getBasePath() {
        return BASE;
    }

    @Override
    public void define(Service service) {
        service.get(CONFIGURATION, (request, response) -> json.write(RunningConfiguration.of(live.loaded())));
        service.post(RELOAD, this::reload);
    }

    private String reload(Request request, Response response) {
        try {
            live.reload();
            return json.write(RunningConfiguration.of(live.loaded()));
        } catch (InvalidConfigurationException e) {
            return ProblemDetail.ofConfiguration(e.problems()).answer(response, json);
        }
    }
}
