package org.mailflow.webadmin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.eclipse.jetty.http.HttpStatus;
import org.mailflow.core.config.Problem;
import org.mailflow.core.config.ProblemForm;
import org.mailflow.core.explain.InvalidQuestionException.Flaw;
import org.mailflow.core.json.JsonTexts;
import org.mailflow.core.operation.OperationException;
import spark.Response;

/**
 * Why a request is not answered (RFC 9457).
 *
 * @param title the words of the status, since the type is {@code about:blank}
 * @param status the HTTP status
 * @param detail what is wrong
 * @param errors what is wrong with each field of a question
 * @param problems what is wrong with the configuration
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record ProblemDetail(
        @JsonProperty("title") String title,
        @JsonProperty("status") int status,
        @JsonProperty("detail") String detail,
        @JsonProperty("errors") List<Flaw> errors,
        @JsonProperty("problems") List<ProblemForm> problems) {

    /** RFC 9457, 6.1. */
    static final String MEDIA_TYPE = "application/problem+json";

    ProblemDetail {
        errors = List.copyOf(errors);
        problems = List.copyOf(problems);
    }

    ProblemDetail(int status, String detail) {
        this(HttpStatus.getMessage(status), status, detail, List.of(), List.of());
    }

    static ProblemDetail ofQuestion(List<Flaw> flaws) {
        int status = HttpStatus.BAD_REQUEST_400;
        return new ProblemDetail(
                HttpStatus.getMessage(status), status, "The question makes no sense", flaws, List.of());
    }

    static ProblemDetail ofConfiguration(List<Problem> problems) {
        int status = HttpStatus.CONFLICT_409;
        return new ProblemDetail(
                HttpStatus.getMessage(status),
                status,
                "The configuration has errors and was refused whole; the one before it goes on",
                List.of(),
                problems.stream().map(ProblemForm::of).toList());
    }

    static ProblemDetail ofOperation(OperationException e) {
        return new ProblemDetail(
                switch (e.kind()) {
                    case NOT_FOUND -> HttpStatus.NOT_FOUND_404;
                    case BUSY -> HttpStatus.CONFLICT_409;
                    case INVALID -> HttpStatus.BAD_REQUEST_400;
                    case FAILED -> HttpStatus.INTERNAL_SERVER_ERROR_500;
                },
                e.text());
    }

    String answer(Response response, JsonTexts json) {
        response.status(status);
        response.type(MEDIA_TYPE);
        return json.write(this);
    }
}
