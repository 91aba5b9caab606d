package org.mailflow.cli;

import org.jspecify.annotations.Nullable;
import org.mailflow.core.config.settings.Durations;
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
                rising("--queue-length", queueLength, standard.queueLength(), Long::parseUnsignedLong, "200,2000"),
                rising("--oldest-mail", oldestMail, standard.oldestMail(), Durations::parse, "1h,24h"),
                falling(
                        "--certificate-days",
                        certificateDays,
                        standard.certificateDays(),
                        Long::parseUnsignedLong,
                        "30,7"),
                falling("--disk-free", diskFree, standard.diskPercentFree(), Integer::parseUnsignedInt, "10,3"));
    }

    private interface Reader<T> {
        T read(String text);
    }

    /** Of a figure that is worse the greater it is. */
    private static <T extends Comparable<T>> Thresholds.Pair<T> rising(
            String option, @Nullable String given, Thresholds.Pair<T> standard, Reader<T> reader, String example)
            throws CommandFailure {
        Thresholds.Pair<T> pair = given == null ? standard : pair(option, given, reader, example);
        return inOrder(option, pair, pair.warning().compareTo(pair.critical()) <= 0, "greater", example);
    }

    /** Of a figure that is worse the smaller it is. */
    private static <T extends Comparable<T>> Thresholds.Pair<T> falling(
            String option, @Nullable String given, Thresholds.Pair<T> standard, Reader<T> reader, String example)
            throws CommandFailure {
        Thresholds.Pair<T> pair = given == null ? standard : pair(option, given, reader, example);
        return inOrder(option, pair, pair.warning().compareTo(pair.critical()) >= 0, "smaller", example);
    }

    private static <T extends Comparable<T>> Thresholds.Pair<T> inOrder(
            String option, Thresholds.Pair<T> pair, boolean inOrder, String worse, String example)
            throws CommandFailure {
        if (!inOrder) {
            throw CommandFailure.usage(option + ": the figure is worse the " + worse
                    + " it is: the warning comes first, then the critical threshold, like " + example);
        }
        return pair;
    }

    private static <T extends Comparable<T>> Thresholds.Pair<T> pair(
            String option, String given, Reader<T> reader, String example) throws CommandFailure {
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
}
