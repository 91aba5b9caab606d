package org.mailflow.core.config;

import java.util.List;
import java.util.Optional;
import org.mailflow.core.model.Mailflow;

/**
 * What came of reading a configuration: a snapshot, or errors; and warnings in both cases.
 *
 * @param mailflow the snapshot; empty where there is an error
 * @param problems all that is wrong or risky, in the order of the file
 */
public record Configuration(Optional<Mailflow> mailflow, List<Problem> problems) {

    /** Copies the problems. */
    public Configuration {
        problems = List.copyOf(problems);
    }

    /** The errors among the problems. */
    public List<Problem> errors() {
        return problems.stream().filter(Problem::isError).toList();
    }
}
