package org.mailflow.benchmarks.relay;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Measures systems at cells, in rounds that alternate between the systems.
 *
 * @param names of the systems
 * @param rounds of each cell
 * @param warmUp mails that a system of Java's takes before the first cell of a layout, by each way out
 * @param efforts how much work a cell is measured with
 * @param out where each round is told at once
 */
record Comparison(List<SystemName> names, int rounds, int warmUp, Function<Cell, Effort> efforts, PrintWriter out) {

    private static final int WARM_UP_SESSIONS = 10;
    private static final int WARM_UP_SIZE = 4 * 1024;
    private static final int WARM_UP_OTHERS = 500;

    /** Measures all. */
    Results measure(Systems systems, List<Cell> cells) throws IOException, InterruptedException {
        Results results = new Results();
        for (Layout layout : Layout.values()) {
            List<Cell> here =
                    cells.stream().filter(cell -> cell.layout() == layout).toList();
            if (!here.isEmpty()) {
                measure(systems, layout, here, results);
            }
        }
        return results;
    }

    private void measure(Systems systems, Layout layout, List<Cell> cells, Results results)
            throws IOException, InterruptedException {
        List<Subject> subjects = new ArrayList<>();
        try {
            for (SystemName name : names) {
                Subject subject = systems.start(name, layout);
                subjects.add(subject);
                for (Way way : cells.stream()
                        .flatMap(cell -> cell.ways().stream())
                        .distinct()
                        .toList()) {
                    warmUp(subject, way);
                }
            }
            for (Cell cell : cells) {
                measure(subjects, cell, results);
            }
        } finally {
            for (Subject subject : subjects) {
                subject.close();
            }
        }
    }

    private void warmUp(Subject subject, Way way) throws IOException, InterruptedException {
        if (!subject.name().isRelay()) {
            return;
        }
        int mails = subject.name().isJava() ? warmUp : Math.min(warmUp, WARM_UP_OTHERS);
        Effort effort = new Effort(mails, Duration.ofMinutes(5));
        new Burst("warm-up", way, WARM_UP_SIZE, WARM_UP_SESSIONS, false, effort).measure(subject, effort);
    }

    private void measure(List<Subject> subjects, Cell cell, Results results) throws IOException, InterruptedException {
        Effort effort = efforts.apply(cell);
        List<Subject> order = subjects.stream()
                .filter(subject -> cell.isFor(subject.name()))
                .collect(Collectors.toCollection(ArrayList::new));
        for (Subject subject : order) {
            cell.measure(subject, effort.trial());
        }
        for (int round = 1; round <= cell.rounds(rounds); round++) {
            for (Subject subject : order) {
                Measurement measured = cell.measure(subject, effort);
                results.add(cell, subject.name(), measured);
                out.println(Report.line(cell, subject.name(), round, measured));
                out.flush();
            }
            // Nobody comes after the same one each time.
            Collections.rotate(order, 1);
        }
    }
}
