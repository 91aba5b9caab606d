package org.mailflow.core.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A problem as JSON has it.
 *
 * @param severity {@code error} or {@code warning}
 * @param file the file
 * @param line counted from 1
 * @param column counted from 1
 * @param element the element, attribute or column it is about
 * @param message what is wrong
 * @param remedy how to mend it
 */
public record ProblemForm(
        @JsonProperty("severity") String severity,
        @JsonProperty("file") String file,
        @JsonProperty("line") int line,
        @JsonProperty("column") int column,
        @JsonProperty("element") String element,
        @JsonProperty("message") String message,
        @JsonProperty("remedy") String remedy) {

    /** The form of a problem. */
    public static ProblemForm of(Problem problem) {
        return new ProblemForm(
                problem.isError() ? "error" : "warning",
                problem.location().file(),
                problem.location().line(),
                problem.location().column(),
                problem.element(),
                problem.message(),
                problem.remedy());
    }
}
