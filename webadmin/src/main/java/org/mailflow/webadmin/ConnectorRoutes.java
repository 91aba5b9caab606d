package org.mailflow.webadmin;

import javax.inject.Inject;
import org.apache.james.webadmin.Routes;
import org.mailflow.core.operation.OperationException;
import org.mailflow.core.validation.ConnectorOperations;
import org.mailflow.core.validation.ValidationWish;
import spark.Request;
import spark.Service;

/**
 * The outbound connectors of the server.
 *
 * <ul>
 *   <li>{@code GET /mailflow/connectors}: each with whether it is validated, and since when
 *   <li>{@code POST /mailflow/connectors/ORGANIZATION/NAME/validation}: tries its next hops by a {@link ValidationWish}; the
 *       answer is a {@link org.mailflow.core.validation.ConnectorValidation}, and takes as long as the hosts do
 * </ul>
 */
public final class ConnectorRoutes implements Routes {

    private static final String BASE = "/mailflow";
    private static final String CONNECTORS = BASE + "/connectors";
    private static final String ORGANIZATION = ":organization";
    private static final String NAME = ":name";

    private final ConnectorOperations connectors;
    private final OperationAnswers answers = new OperationAnswers();

    /** Shows and validates these connectors. */
    @Inject
    public ConnectorRoutes(ConnectorOperations connectors) {
        this.connectors = connectors;
    }

    /** What WebAdmin asks the token for. */
    @Override
    public String getBasePath() {
        return BASE;
    }

    @Override
    public void define(Service service) {
        service.get(CONNECTORS, answers.route(request -> connectors.connectors()));
        service.post(CONNECTORS + "/" + ORGANIZATION + "/" + NAME + "/validation", answers.route(this::validate));
    }

    private Object validate(Request request) throws OperationException, RefusedRequestException {
        return connectors.validate(
                request.params(ORGANIZATION), request.params(NAME), answers.body(request, ValidationWish.class));
    }
}
