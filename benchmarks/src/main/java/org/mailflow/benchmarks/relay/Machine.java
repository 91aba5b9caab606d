package org.mailflow.benchmarks.relay;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import org.apache.commons.lang3.StringUtils;

/** What figures were measured on. */
final class Machine {

    private static final double KIB_OF_GIB = 1024 * 1024;

    private Machine() {}

    /** A line that belongs to every table. */
    static String describe(Path data) throws IOException {
        FileStore store = Files.getFileStore(data);
        return String.format(
                Locale.ROOT,
                "%s: %d processors, %.0f GiB, %s %s, data on %s (%s), Java %s; senders and smart hosts on the same processors.",
                LocalDate.now(ZoneOffset.UTC),
                Runtime.getRuntime().availableProcessors(),
                memoryKib() / KIB_OF_GIB,
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                store.name(),
                store.type(),
                System.getProperty("java.version"));
    }

    private static long memoryKib() throws IOException {
        return Files.readAllLines(Path.of("/proc/meminfo")).stream()
                .filter(line -> line.startsWith("MemTotal:"))
                .mapToLong(line -> Long.parseLong(StringUtils.getDigits(line)))
                .sum();
    }
}
