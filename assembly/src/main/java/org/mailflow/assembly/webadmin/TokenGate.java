package org.mailflow.assembly.webadmin;

import javax.inject.Inject;
import org.apache.james.webadmin.Routes;
import org.apache.james.webadmin.authentication.AuthenticationFilter;
import spark.Service;

/**
 * Puts the token before every path, whether a route is there or not. James asks for it only on the routes that it thinks
 * private; metrics and health checks are not among them.
 */
final class TokenGate implements Routes {
    private final AuthenticationFilter filter;

    @Inject
    TokenGate(AuthenticationFilter filter) {
        this.filter = filter;
    }

    @Override
    public String getBasePath() {
        return "/";
    }

    @Override
    public void define(Service service) {
        service.before(filter);
    }
}
