package org.mailflow.assembly.webadmin;

import java.util.Set;
import javax.inject.Inject;
import org.apache.james.webadmin.Routes;
import org.apache.james.webadmin.routes.DomainsRoutes;
import org.eclipse.jetty.http.HttpStatus;
import spark.Request;
import spark.Response;
import spark.Service;
import spark.Spark;

/** James' routes for domains, which are shown here and have aliases, but are made and removed in mailflow.xml alone. */
final class DomainAliasRoutes implements Routes {

    private static final String DOMAIN = "/domains/:domain";
    private static final Set<String> CHANGES = Set.of("PUT", "DELETE");
    private static final String REFUSAL =
            "{\"statusCode\":405,\"message\":\"Accepted domains are configured in mailflow.xml\"}";

    private final DomainsRoutes domains;

    @Inject
    DomainAliasRoutes(DomainsRoutes domains) {
        this.domains = domains;
    }

    @Override
    public String getBasePath() {
        return domains.getBasePath();
    }

    @Override
    public void define(Service service) {
        service.before(DOMAIN, DomainAliasRoutes::refuseChanges);
        domains.define(service);
    }

    private static void refuseChanges(Request request, Response response) {
        if (CHANGES.contains(request.requestMethod())) {
            throw Spark.halt(HttpStatus.METHOD_NOT_ALLOWED_405, REFUSAL);
        }
    }
}
