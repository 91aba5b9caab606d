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
        problems.forEach(problem ->
                show(problem, problem.isError() ? Text.of("error: ", Style.BAD) : Text.of("warning: ", Style.WARNING)));
    }

    /** Problems that keep a server from running, but not from being asked about. */
    void showAsUnavailable(List<Problem> problems) {
        problems.forEach(problem -> show(problem, Text.of("unavailable: ", Style.WARNING)));
    }

    private void show(Problem problem, Text kind) {
        screen.line(
                Text.of(problem.location() + ": ", Style.STRONG),
                kind,
                Text.of(problem.element() + ": " + problem.message() + ". " + problem.remedy()));
    }

    static String count(List<Problem> problems) {
        long errors = problems.stream().filter(Problem::isError).count();
        return number(errors, "error") + ", " + number(problems.size() - errors, "warning");
    }

    private static String number(long count, String what) {
        return (count == 0 ? "no" : Long.toString(count)) + " " + what + (count == 1 ? "" : "s");
    }
}
