package org.mailflow.benchmarks.relay;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Results as text: a line a round, and a table of medians in Markdown. */
final class Report {

    private static final int PRECISE = 100;

    private Report() {}

    /** One round. */
    static String line(Cell cell, SystemName system, int round, Measurement measured) {
        return String.format(
                        Locale.ROOT,
                        "%-18s %-7s round %d: %5.0f mails/s, %5.2f ms CPU, p50 %6s ms, p99 %6s ms, %5.0f MiB, %d mails  %s",
                        cell.name(),
                        system.word(),
                        round,
                        measured.perSecond(),
                        measured.cpuMillis(),
                        millis(measured.p50()),
                        millis(measured.p99()),
                        measured.peakMib(),
                        measured.mails(),
                        remarks(List.of(measured)))
                .stripTrailing();
    }

    /** Medians of all rounds; the ratio is that of the mails a second to those of Postfix as installed. */
    static String table(Results results) {
        StringBuilder table = new StringBuilder(
                """
                | cell | system | mails/s | ratio | CPU ms a mail | p50 ms | p99 ms | peak MiB | |
                |---|---|---|---|---|---|---|---|---|
                """);
        results.byCell()
                .forEach((cell, systems) -> systems.forEach((system, measured) -> table.append(String.format(
                        Locale.ROOT,
                        "| %s | %s | %.0f | %s | %.2f | %s | %s | %.0f | %s |%n",
                        cell,
                        system.title(),
                        Results.median(measured, Measurement::perSecond),
                        ratio(systems, measured),
                        Results.median(measured, Measurement::cpuMillis),
                        millis(Results.median(measured, Measurement::p50)),
                        millis(Results.median(measured, Measurement::p99)),
                        Results.median(measured, Measurement::peakMib),
                        remarks(measured)))));
        return table.toString();
    }

    /** What a cell is compared with another one of the same system for. */
    static String contrasts(Results results) {
        StringBuilder text = new StringBuilder();
        contrast(text, results, "ten-two-ill", "ten-well");
        contrast(text, results, "queued-10000", "queued-1000");
        contrast(text, results, "queued-100000", "queued-1000");
        return text.toString();
    }

    private static void contrast(StringBuilder text, Results results, String cell, String base) {
        Map<SystemName, List<Measurement>> bases = results.byCell().getOrDefault(base, Map.of());
        results.byCell().getOrDefault(cell, Map.of()).forEach((system, measured) -> {
            List<Measurement> before = bases.get(system);
            if (before != null) {
                text.append(String.format(
                        Locale.ROOT,
                        "%n%s against %s, %s: mails/s %.2f ×, CPU a mail %.2f ×, p99 %s, peak memory %.2f ×%n",
                        cell,
                        base,
                        system.title(),
                        quotient(measured, before, Measurement::perSecond),
                        quotient(measured, before, Measurement::cpuMillis),
                        times(quotient(measured, before, Measurement::p99)),
                        quotient(measured, before, Measurement::peakMib)));
            }
        });
    }

    private static double quotient(
            List<Measurement> measured, List<Measurement> base, ToDoubleFunction<Measurement> figure) {
        return Results.median(measured, figure) / Results.median(base, figure);
    }

    private static String times(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.2f ×", value);
    }

    private static String millis(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, value < PRECISE ? "%.1f" : "%.0f", value);
    }

    private static String ratio(Map<SystemName, List<Measurement>> systems, List<Measurement> measured) {
        List<Measurement> reference = systems.get(SystemName.PF);
        return reference == null
                ? "-"
                : String.format(Locale.ROOT, "%.2f", quotient(measured, reference, Measurement::perSecond));
    }

    private static String remarks(List<Measurement> measured) {
        return Stream.of(
                        measured.get(measured.size() - 1).note(),
                        count(measured, Measurement::lost, "LOST"),
                        count(measured, Measurement::duplicates, "TWICE"),
                        count(measured, Measurement::damaged, "DAMAGED"),
                        count(measured, Measurement::refusals, "refused for the time being"))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String count(List<Measurement> measured, ToIntFunction<Measurement> figure, String what) {
        int sum = measured.stream().mapToInt(figure).sum();
        return sum == 0 ? "" : sum + " " + what;
    }
}
