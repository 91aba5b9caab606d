package org.mailflow.benchmarks.relay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.lang3.StringUtils;

/**
 * A process with all its descendants, as Linux accounts for them in {@code /proc}.
 *
 * @param root its number
 */
record ProcessTree(long root) {

    private static final Path PROC = Path.of("/proc");
    /** USER_HZ, which is 100 on every architecture that Java runs on. */
    private static final long MILLIS_OF_TICK = 10;

    private static final int PARENT = 1;
    private static final int USER_TIME = 11;
    private static final int TIMES = 4;

    private record Entry(long id, long parent, long ticks) {}

    /**
     * The processor time of all of them so far in milliseconds, also of those that have ended: their parents, which waited for
     * them, have it.
     */
    long cpuMillis() throws IOException {
        return tree().stream().mapToLong(Entry::ticks).sum() * MILLIS_OF_TICK;
    }

    /** The memory that they hold in RAM, in KiB; pages that several of them share count once. */
    long residentKib() throws IOException {
        long sum = 0;
        for (Entry entry : tree()) {
            sum += residentKib(entry.id());
        }
        return sum;
    }

    private static long residentKib(long id) throws IOException {
        Optional<String> rollup = read(PROC.resolve(id + "/smaps_rollup"));
        return rollup.stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("Pss:"))
                .mapToLong(line -> Long.parseLong(StringUtils.getDigits(line)))
                .sum();
    }

    private List<Entry> tree() throws IOException {
        Map<Long, List<Entry>> children = new HashMap<>();
        List<Entry> found = new ArrayList<>();
        for (Entry entry : all()) {
            children.computeIfAbsent(entry.parent(), parent -> new ArrayList<>())
                    .add(entry);
            if (entry.id() == root) {
                found.add(entry);
            }
        }
        for (int i = 0; i < found.size(); i++) {
            found.addAll(children.getOrDefault(found.get(i).id(), List.of()));
        }
        return found;
    }

    private static List<Entry> all() throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (Stream<Path> directories = Files.list(PROC)) {
            for (Path directory : directories
                    .filter(path -> StringUtils.isNumeric(path.getFileName().toString()))
                    .toList()) {
                read(directory.resolve("stat")).ifPresent(stat -> entries.add(entry(stat)));
            }
        }
        return entries;
    }

    /** proc(5): the name, in brackets, may itself hold brackets and blanks. */
    private static Entry entry(String stat) {
        long id = Long.parseLong(stat.substring(0, stat.indexOf(' ')));
        String[] fields = StringUtils.split(stat.substring(stat.lastIndexOf(')') + 1));
        long ticks = 0;
        for (int i = USER_TIME; i < USER_TIME + TIMES; i++) {
            ticks += Long.parseLong(fields[i]);
        }
        return new Entry(id, Long.parseLong(fields[PARENT]), ticks);
    }

    private static Optional<String> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            // ESRCH: the process has ended since it was listed.
            if (Files.exists(file.resolveSibling("cmdline"))) {
                throw e;
            }
            return Optional.empty();
        }
    }
}
