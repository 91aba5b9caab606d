package org.mailflow.core.container.settings;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailflow.core.config.settings.Kinds;

/** Sizes as James writes them. */
final class Sizes {

    private static final Pattern SIZE = Pattern.compile("([0-9]{1,12})([BKMG]?)", Pattern.CASE_INSENSITIVE);
    private static final long KILO = 1024;

    private Sizes() {}

    /** The bytes of a size; a number alone is kilobytes. */
    static long bytes(String text) {
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            throw Kinds.mistake(text, "is no size", "write a number of kilobytes, or with K, M or G, like 35M");
        }
        long number = Long.parseLong(size.group(1));
        return switch (size.group(2).toUpperCase(Locale.ROOT)) {
            case "B" -> number;
            case "M" -> number * KILO * KILO;
            case "G" -> number * KILO * KILO * KILO;
            default -> number * KILO;
        };
    }
}
