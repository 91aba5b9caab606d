package org.mailflow.core.config.settings;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as administrators write them: {@code 30s}, {@code 10m}, {@code 4h}, {@code 2d}. */
public final class Durations {

    private static final Duration LONGEST = Duration.ofDays(30);
    private static final Pattern LENGTH = Pattern.compile("([0-9]{1,7})([smhd])");
    private static final Pattern REPEATED = Pattern.compile("([^*]*)(?:\\*([1-9][0-9]{0,2}))?");

    static final Kind<Duration> DURATION =
            Kind.of("duration", "a number and s, m, h or d: 30s, 10m, 4h, 2d; 30d at most", Durations::parse);
    static final Kind<Duration> DURATION_OR_NONE = Kind.of(
            "durationOrNone",
            "a number and s, m, h or d: 30s, 10m, 4h, 2d; 30d at most; 0s for never",
            text -> text.equals("0s") ? Duration.ZERO : parse(text));
    static final Kind<List<Duration>> INTERVALS = Kind.of(
            "interval", "a length of time, and how often: 1m*4 is four times a minute", Durations::parseRepeated);

    private Durations() {}

    /**
     * Reads a length of time: more than nothing, and 30 days at most.
     *
     * @throws IllegalArgumentException if it is none; the message says how to write one
     */
    public static Duration parse(String text) {
        Matcher length = LENGTH.matcher(text);
        if (!length.matches()) {
            throw Kinds.mistake(
                    text, "is not a length of time", "write a number and s, m, h or d, like 30s, 10m or 2d");
        }
        long number = Long.parseLong(length.group(1));
        Duration duration =
                switch (length.group(2)) {
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    default -> Duration.ofDays(number);
                };
        if (duration.isZero() || duration.compareTo(LONGEST) > 0) {
            throw Kinds.mistake(text, "is out of range", "use more than nothing and " + LONGEST.toDays() + "d at most");
        }
        return duration;
    }

    private static List<Duration> parseRepeated(String text) {
        Matcher repeated = REPEATED.matcher(text);
        if (!repeated.matches()) {
            throw Kinds.mistake(text, "is not a retry interval", "write 10m, or 1m*4 for four times a minute");
        }
        int times = repeated.group(2) == null ? 1 : Integer.parseInt(repeated.group(2));
        return Collections.nCopies(times, parse(repeated.group(1)));
    }
}
