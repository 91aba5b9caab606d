package org.mailflow.core.config;

import java.util.ArrayList;
import java.util.List;

/** Collects everything that is wrong with a configuration while it is read. Not for several threads. */
public final class Problems {

    private final List<Problem> found = new ArrayList<>();

    /** Adds one. */
    public void add(Problem problem) {
        found.add(problem);
    }

    /** Adds an error. */
    public void error(Location location, String element, String message, String remedy) {
        add(Problem.error(location, element, message, remedy));
    }

    /** Adds a warning. */
    public void warning(Location location, String element, String message, String remedy) {
        add(Problem.warning(location, element, message, remedy));
    }

    /** Whether there is an error among them. */
    public boolean hasErrors() {
        return found.stream().anyMatch(Problem::isError);
    }

    /** All, each once, in the order of the file. */
    public List<Problem> inOrder() {
        return found.stream().distinct().sorted().toList();
    }
}
