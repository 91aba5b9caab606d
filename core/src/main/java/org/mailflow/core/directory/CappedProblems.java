package org.mailflow.core.directory;

import java.util.ArrayList;
import java.util.List;
import org.mailflow.core.config.Location;
import org.mailflow.core.config.Problem;

/** The problems of one file, as many as anybody reads: a wrong export of a million rows has a million. */
final class CappedProblems {

    private static final int MOST = 1000;

    private final String file;
    private final List<Problem> problems = new ArrayList<>();
    private long beyond;

    CappedProblems(String file) {
        this.file = file;
    }

    void error(int line, int column, String element, String message, String remedy) {
        if (problems.size() < MOST) {
            problems.add(Problem.error(new Location(file, line, column), element, message, remedy));
        } else {
            beyond++;
        }
    }

    void warning(String element, String message, String remedy) {
        problems.add(Problem.warning(new Location(file, 1, 1), element, message, remedy));
    }

    boolean hasErrors() {
        return problems.stream().anyMatch(Problem::isError);
    }

    /** The problems in the order of the file, and how many more there were. */
    List<Problem> inOrder() {
        List<Problem> all = new ArrayList<>(problems);
        all.sort(null);
        if (beyond > 0) {
            Location last = all.get(all.size() - 1).location();
            all.add(Problem.error(
                    last, "recipients", beyond + " more errors are not shown", "Mend these first, then check again"));
        }
        return List.copyOf(all);
    }
}
