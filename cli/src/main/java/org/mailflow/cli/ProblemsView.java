package org.mailflow.cli;

import java.util.List;
import org.mailflow.core.config.Problem;

/** Shows problems one a line, in the form that editors and terminals know from compilers. */
final class ProblemsView {

    private final Screen screen;

    ProblemsView(Screen screen) {
        this.screen = screen;
    }

    void show(List<Problem> problems) {
        for (Problem problem : problems) {
            Text kind = problem.isError() ? Text.of("error: ", Style.BAD) : Text.of("warning: ", Style.WARNING);
            screen.line(
                    Text.of(problem.location() + ": ", Style.STRONG),
                    kind,
                    Text.of(problem.element() + ": " + problem.message() + ". " + problem.remedy()));
        }
    }

    static String count(List<Problem> problems) {
        long errors = problems.stream().filter(Problem::isError).count();
        return number(errors, "error") + ", " + number(problems.size() - errors, "warning");
    }

    private static String number(long count, String what) {
        return (count == 0 ? "no" : Long.toString(count)) + " " + what + (count == 1 ? "" : "s");
    }
}
