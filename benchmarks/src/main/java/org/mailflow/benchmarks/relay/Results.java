package org.mailflow.benchmarks.relay;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** All rounds of all cells. */
final class Results {

    private final Map<String, Map<SystemName, List<Measurement>>> rounds = new LinkedHashMap<>();

    void add(Cell cell, SystemName system, Measurement measurement) {
        rounds.computeIfAbsent(cell.name(), name -> new EnumMap<>(SystemName.class))
                .computeIfAbsent(system, name -> new ArrayList<>())
                .add(measurement);
    }

    /** The rounds of each cell by system. */
    Map<String, Map<SystemName, List<Measurement>>> byCell() {
        return rounds;
    }

    /** The middle one of a figure; of an even number the lower of both. */
    static double median(List<Measurement> measurements, ToDoubleFunction<Measurement> figure) {
        double[] sorted = measurements.stream().mapToDouble(figure).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[(sorted.length - 1) / 2];
    }

    /** Whether no mail was lost, damaged or doubled anywhere. */
    boolean isSound() {
        return rounds.values().stream()
                .flatMap(systems -> systems.values().stream())
                .flatMap(List::stream)
                .allMatch(Measurement::isSound);
    }
}
