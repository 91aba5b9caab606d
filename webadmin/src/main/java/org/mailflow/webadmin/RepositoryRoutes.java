package org.mailflow.webadmin;

import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.webadmin.Routes;
import org.eclipse.jetty.http.HttpStatus;
import org.mailflow.core.operation.OperationException;
import org.mailflow.core.operation.RepositoryAction;
import org.mailflow.core.operation.RepositoryOperations;
import org.mailflow.core.operation.StoredMail;
import spark.Request;
import spark.Service;

/**
 * The repositories of the server, where mail stands that did not go its way.
 *
 * <ul>
 *   <li>{@code GET /mailflow/repositories}: every repository with the number of its mails
 *   <li>{@code GET /mailflow/repositories/mails?repository=&limit=}: its mails with what was noted on them; {@code key=}: that
 *       one alone
 *   <li>{@code POST /mailflow/repositories/replay}: sends mails of a {@link RepositoryAction} to a processor again
 *   <li>{@code POST /mailflow/repositories/delete}: deletes them for ever
 * </ul>
 */
public final class RepositoryRoutes implements Routes {

    private static final String BASE = "/mailflow";
    private static final String REPOSITORIES = BASE + "/repositories";

    private final RepositoryOperations repositories;
    private final OperationAnswers answers = new OperationAnswers();

    /** Shows and handles these repositories. */
    @Inject
    public RepositoryRoutes(RepositoryOperations repositories) {
        this.repositories = repositories;
    }

    /** What WebAdmin asks the token for. */
    @Override
    public String getBasePath() {
        return BASE;
    }

    @Override
    public void define(Service service) {
        service.get(REPOSITORIES, answers.route(request -> repositories.repositories()));
        service.get(REPOSITORIES + "/mails", answers.route(this::mails));
        service.post(REPOSITORIES + "/replay", answers.route(request -> answers.body(request, RepositoryAction.class)
                .replay(repositories)));
        service.post(REPOSITORIES + "/delete", answers.route(request -> answers.body(request, RepositoryAction.class)
                .delete(repositories)));
    }

    private List<StoredMail> mails(Request request) throws OperationException, RefusedRequestException {
        String repository = repository(request);
        String key = request.queryParams("key");
        return key == null
                ? repositories.mails(repository, OperationAnswers.limit(request))
                : List.of(repositories.mail(repository, key));
    }

    private static String repository(Request request) throws RefusedRequestException {
        return Optional.ofNullable(request.queryParams("repository"))
                .orElseThrow(() -> new RefusedRequestException(new ProblemDetail(
                        HttpStatus.BAD_REQUEST_400, "say which: repository=jpa://var/mail/error, or its last part")));
    }
}
