package org.mailflow.webadmin;

import org.eclipse.jetty.http.HttpStatus;
import org.mailflow.core.json.JsonTexts;
import org.mailflow.core.operation.OperationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spark.Request;
import spark.Response;
import spark.Route;

/** Answers what an operator asks, in JSON, or says why not. */
final class OperationAnswers {

    private static final Logger LOGGER = LoggerFactory.getLogger(OperationAnswers.class);
    private static final String JSON = "application/json";
    private static final int DEFAULT_LIMIT = 1_000;
    private static final int HIGHEST_LIMIT = 100_000;

    private final JsonTexts json = new JsonTexts();

    /** What is asked. */
    @FunctionalInterface
    interface Question {

        /** The answer. */
        Object ask(Request request) throws OperationException, RefusedRequestException;
    }

    Route route(Question question) {
        return (request, response) -> answer(question, request, response);
    }

    private String answer(Question question, Request request, Response response) {
        try {
            Object answer = question.ask(request);
            response.type(JSON);
            return json.write(answer);
        } catch (RefusedRequestException e) {
            return e.problem().answer(response, json);
        } catch (OperationException e) {
            if (e.kind() == OperationException.Kind.FAILED) {
                LOGGER.error("{} {} failed", request.requestMethod(), request.pathInfo(), e);
            }
            return ProblemDetail.ofOperation(e).answer(response, json);
        }
    }

    <T> T body(Request request, Class<T> type) throws RefusedRequestException {
        return RequestBody.read(request, json, type);
    }

    /** How many mails are wanted at most. */
    static int limit(Request request) throws RefusedRequestException {
        String limit = request.queryParamOrDefault("limit", Integer.toString(DEFAULT_LIMIT));
        try {
            int number = Integer.parseInt(limit);
            if (number > 0 && number <= HIGHEST_LIMIT) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new RefusedRequestException(new ProblemDetail(
                HttpStatus.BAD_REQUEST_400, "limit: '" + limit + "' is no number of mails from 1 to " + HIGHEST_LIMIT));
    }
}
