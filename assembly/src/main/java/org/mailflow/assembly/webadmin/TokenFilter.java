package org.mailflow.assembly.webadmin;

import java.util.Optional;
import org.apache.james.webadmin.authentication.AuthenticationFilter;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import spark.Request;
import spark.Response;
import spark.Spark;

/** Answers 401 to a request without {@code Authorization: Bearer} and the right token (RFC 6750). */
final class TokenFilter implements AuthenticationFilter {
    private static final String SCHEME = "Bearer ";

    private final AdminToken token;

    TokenFilter(AdminToken token) {
        this.token = token;
    }

    @Override
    public void handle(Request request, Response response) {
        boolean authorized = Optional.ofNullable(request.headers(HttpHeader.AUTHORIZATION.asString()))
                .filter(header -> header.startsWith(SCHEME))
                .map(header -> header.substring(SCHEME.length()))
                .filter(token::matches)
                .isPresent();
        if (!authorized) {
            response.header(HttpHeader.WWW_AUTHENTICATE.asString(), "Bearer");
            throw Spark.halt(HttpStatus.UNAUTHORIZED_401, "{\"statusCode\":401,\"message\":\"No valid token\"}");
        }
    }
}
