package org.mailflow.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mailflow.core.operation.Thresholds;
import picocli.CommandLine.Option;

/** When a figure becomes a warning, and when it is critical. */
final class ThresholdOptions {

    private static final String PAIR = "WARNING,CRITICAL";

    @Option(names = "--queue-length", paramLabel = PAIR, description = "Mails in one queue. Default: 200,2000.")
    private @Nullable String queueLength;

    @Option(
            names = "--oldest-mail",
            paramLabel = PAIR,
            description = "The age of the oldest mail of a queue: 30s, 10m, 4h or 2d. Default: 1h,24h.")
    private @Nullable String oldestMail;

    @Option(
            names = "--certificate-days",
            paramLabel = PAIR,
            description = "Days that a certificate is still good for. Default: 30,7.")
    private @Nullable String certificateDays;

    @Option(names = "--disk-free", paramLabel = PAIR, description = "Percent free on the disk. Default: 10,3.")
    private @Nullable String diskFree;

    Thresholds thresholds() throws CommandFailure {
        Thresholds standard = Thresholds.DEFAULT;
        return new Thresholds(
                pair("--queue-length", queueLength, standard.queueLength(), Long::valueOf, "200,2000"),
                pair("--oldest-mail", oldestMail, standard.oldestMail(), ThresholdOptions::duration, "1h,24h"),
                pair("--certificate-days", certificateDays, standard.certificateDays(), Long::valueOf, "30,7"),
                pair("--disk-free", diskFree, standard.diskPercentFree(), Integer::valueOf, "10,3"));
    }

    private interface Reader<T> {
        T read(String text);
    }

    private static <T extends Comparable<T>> Thresholds.Pair<T> pair(
            String option, @Nullable String given, Thresholds.Pair<T> standard, Reader<T> reader, String example)
            throws CommandFailure {
        if (given == null) {
            return standard;
        }
        String[] parts = given.split(",", -1);
        try {
            if (parts.length == 2) {
                return new Thresholds.Pair<>(reader.read(parts[0].strip()), reader.read(parts[1].strip()));
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw CommandFailure.usage(
                option + ": '" + given + "' is not a warning and a critical threshold, like " + example);
    }

    private static Duration duration(String text) {
        try {
            String upper = text.toUpperCase(Locale.ROOT);
            return Duration.parse(upper.endsWith("D") ? "P" + upper : "PT" + upper);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
