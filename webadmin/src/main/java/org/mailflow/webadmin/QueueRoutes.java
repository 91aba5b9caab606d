package org.mailflow.webadmin;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.webadmin.Routes;
import org.eclipse.jetty.http.HttpStatus;
import org.mailflow.core.operation.MailAction;
import org.mailflow.core.operation.MailFilter;
import org.mailflow.core.operation.OperationException;
import org.mailflow.core.operation.QueueChoice;
import org.mailflow.core.operation.QueueOperations;
import spark.Request;
import spark.Service;

/**
 * The queues of the server.
 *
 * <ul>
 *   <li>{@code GET /mailflow/queues}: every queue at a glance
 *   <li>{@code GET /mailflow/queues/mails?queue=&from=&to=&reason=&limit=}: mails, those that wait longest first
 *   <li>{@code GET /mailflow/queues/mails/ID}: one mail with its headers and attributes
 *   <li>{@code POST /mailflow/queues/mails/retry}, {@code hold}, {@code release}, {@code delete}, {@code move}: does it to
 *       the mails of a {@link MailAction}
 *   <li>{@code POST /mailflow/queues/suspend}, {@code resume}: holds a whole queue, and lets it go
 * </ul>
 */
public final class QueueRoutes implements Routes {

    private static final String BASE = "/mailflow";
    private static final String QUEUES = BASE + "/queues";
    private static final String MAILS = QUEUES + "/mails";
    private static final String ID = ":id";

    private final QueueOperations queues;
    private final OperationAnswers answers = new OperationAnswers();

    /** Shows and handles these queues. */
    @Inject
    public QueueRoutes(QueueOperations queues) {
        this.queues = queues;
    }

    /** What WebAdmin asks the token for. */
    @Override
    public String getBasePath() {
        return BASE;
    }

    @Override
    public void define(Service service) {
        service.get(QUEUES, answers.route(request -> queues.queues()));
        service.get(MAILS, answers.route(request -> queues.mails(filter(request), OperationAnswers.limit(request))));
        service.get(MAILS + "/" + ID, answers.route(request -> queues.mail(request.params(ID))));
        for (MailAction.Verb verb : MailAction.Verb.values()) {
            service.post(MAILS + "/" + verb.name().toLowerCase(Locale.ROOT), answers.route(request -> answers.body(
                            request, MailAction.class)
                    .run(verb, queues)));
        }
        service.post(QUEUES + "/suspend", answers.route(this::suspend));
        service.post(QUEUES + "/resume", answers.route(this::resume));
    }

    private Object suspend(Request request) throws OperationException, RefusedRequestException {
        QueueChoice choice = answers.body(request, QueueChoice.class);
        queues.suspend(choice.queue());
        return choice;
    }

    private Object resume(Request request) throws OperationException, RefusedRequestException {
        QueueChoice choice = answers.body(request, QueueChoice.class);
        queues.resume(choice.queue());
        return choice;
    }

    private static MailFilter filter(Request request) throws RefusedRequestException {
        List<String> known = List.of("queue", "from", "to", "reason", "limit");
        for (String parameter : request.queryParams()) {
            if (!known.contains(parameter)) {
                throw new RefusedRequestException(new ProblemDetail(
                        HttpStatus.BAD_REQUEST_400, "'" + parameter + "' is not known; there are " + known));
            }
        }
        return new MailFilter(
                List.of(),
                parameter(request, "queue"),
                parameter(request, "from"),
                parameter(request, "to"),
                parameter(request, "reason"));
    }

    private static Optional<String> parameter(Request request, String name) {
        return Optional.ofNullable(request.queryParams(name)).filter(value -> !value.isEmpty());
    }
}
