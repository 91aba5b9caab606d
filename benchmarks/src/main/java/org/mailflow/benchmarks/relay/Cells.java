package org.mailflow.benchmarks.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** All cells, in the order of the table. */
final class Cells {

    private static final int KIB = 1024;
    private static final Effort MUCH = new Effort(20_000, Duration.ofSeconds(10));
    private static final Effort CALM = new Effort(20_000, Duration.ofSeconds(20));
    private static final int STEADY_RATE = 50;
    private static final List<Integer> QUEUES = List.of(1_000, 10_000, 100_000);

    private Cells() {}

    static List<Cell> all() {
        List<Cell> cells = new ArrayList<>();
        for (Way way : List.of(Way.PLAIN, Way.TLS)) {
            for (boolean kept : new boolean[] {false, true}) {
                for (int size : new int[] {4, 64}) {
                    for (int sessions : new int[] {10, 50}) {
                        cells.add(burst(way, size, sessions, kept));
                    }
                }
            }
        }
        for (Way way : List.of(Way.SLOW, Way.SLOW_TLS)) {
            cells.add(burst(way, 4, 50, false));
        }
        for (Way way : List.of(Way.PLAIN, Way.TLS)) {
            cells.add(new Steady("steady-" + way.name(), way, STEADY_RATE, CALM));
        }
        for (boolean ill : new boolean[] {false, true}) {
            cells.add(new Several(ill ? "ten-two-ill" : "ten-well", ill, MUCH));
        }
        for (int mails : QUEUES) {
            cells.add(new Queued("queued-" + mails, new Effort(mails, Duration.ofHours(2))));
        }
        return cells;
    }

    private static Burst burst(Way way, int kib, int sessions, boolean kept) {
        String name = way.name() + "-" + kib + "k-" + sessions + (kept ? "-kept" : "");
        return new Burst(name, way, kib * KIB, sessions, kept, MUCH);
    }

    /**
     * The cells of names; {@code x*} stands for all whose names begin so.
     *
     * @throws IllegalArgumentException where there is no such cell; the message names all
     */
    static List<Cell> of(List<String> names) {
        for (String name : names) {
            if (all().stream().noneMatch(cell -> matches(name, cell))) {
                throw new IllegalArgumentException("there is no cell " + name + "; there are "
                        + all().stream().map(Cell::name).collect(Collectors.joining(", ")));
            }
        }
        return all().stream()
                .filter(cell -> names.stream().anyMatch(name -> matches(name, cell)))
                .toList();
    }

    private static boolean matches(String name, Cell cell) {
        return name.endsWith("*")
                ? cell.name().startsWith(name.substring(0, name.length() - 1))
                : cell.name().equals(name);
    }
}
