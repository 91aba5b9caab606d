package org.mailflow.benchmarks.relay;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Results as text: a line a round, and a table of medians in Markdown. */
final class Report {

    private Report() {}

    /** One round. */
    static String line(Cell cell, SystemName system, int round, Measurement measured) {
        String line = String.format(
                Locale.ROOT,
                "%-18s %-7s round %d: %5.0f mails/s, %5.2f ms CPU, p50 %5.0f ms, p99 %6.0f ms, %5.0f MiB, %d mails",
                cell.name(),
                system.word(),
                round,
                measured.perSecond(),
                measured.cpuMillis(),
                measured.p50(),
                measured.p99(),
                measured.peakMib(),
                measured.mails());
        String trouble = trouble(List.of(measured));
        return trouble.isEmpty() ? line : line + ", " + trouble;
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
                        "| %s | %s | %.0f | %s | %.2f | %.0f | %.0f | %.0f | %s |%n",
                        cell,
                        system.title(),
                        Results.median(measured, Measurement::perSecond),
                        ratio(systems, measured),
                        Results.median(measured, Measurement::cpuMillis),
                        Results.median(measured, Measurement::p50),
                        Results.median(measured, Measurement::p99),
                        Results.median(measured, Measurement::peakMib),
                        trouble(measured)))));
        return table.toString();
    }

    private static String ratio(Map<SystemName, List<Measurement>> systems, List<Measurement> measured) {
        List<Measurement> reference = systems.get(SystemName.PF);
        return reference == null
                ? "-"
                : String.format(
                        Locale.ROOT,
                        "%.2f",
                        Results.median(measured, Measurement::perSecond)
                                / Results.median(reference, Measurement::perSecond));
    }

    private static String trouble(List<Measurement> measured) {
        return Stream.of(
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
