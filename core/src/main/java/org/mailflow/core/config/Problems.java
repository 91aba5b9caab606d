package org.mailflow.core.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

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

    /** Adds a file that cannot be read. */
    public void unavailable(Location location, String element, String message, String remedy) {
        add(Problem.unavailable(location, element, message, remedy));
    }

    /** Adds a warning. */
    public void warning(Location location, String element, String message, String remedy) {
        add(Problem.warning(location, element, message, remedy));
    }

    /** Whether there is such a one among them. */
    public boolean any(Predicate<Problem> kind) {
        return found.stream().anyMatch(kind);
    }

    /** All, each once, in the order of the file. */
    public List<Problem> inOrder() {
        return found.stream().distinct().sorted().toList();
    }
}
