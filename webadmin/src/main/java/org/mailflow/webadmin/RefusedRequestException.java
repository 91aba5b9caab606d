package org.mailflow.webadmin;

/** A request cannot be answered as it was meant. */
final class RefusedRequestException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient ProblemDetail problem;

    RefusedRequestException(ProblemDetail problem) {
        super(problem.detail());
        this.problem = problem;
    }

    ProblemDetail problem() {
        return problem;
    }
}
