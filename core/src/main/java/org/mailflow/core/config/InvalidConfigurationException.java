package org.mailflow.core.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration was refused; the message lists every problem with its place and its remedy. */
public final class InvalidConfigurationException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** Refuses a configuration for these problems. */
    public InvalidConfigurationException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    /** All problems, in the order of the file. */
    public List<Problem> problems() {
        return problems;
    }
}
