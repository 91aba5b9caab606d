package org.mailflow.core.config.settings;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of data as administrators write them, in our files and in James'; 1KB is 1024 bytes. */
public final class Sizes {

    private static final Pattern SIZE = Pattern.compile("([0-9]{1,7})(KB|MB|GB)");
    private static final Pattern JAMES_SIZE = Pattern.compile("([0-9]{1,12})([BKMG]?)", Pattern.CASE_INSENSITIVE);
    private static final long KILO = 1024;

    /** Any amount. */
    public static final Kind<Long> SIZE_IN_BYTES =
            Kind.of("size", "a number and KB, MB or GB: 512KB, 200MB, 2GB; 0MB is nothing", Sizes::parse);

    static final Kind<Long> HEADER_SIZE = Kind.of("headerSize", "from 16KB to 16MB", Sizes::parseHeaderSize);
    static final Kind<Long> MESSAGE_SIZE = Kind.of("messageSize", "from 64KB to 2GB", Sizes::parseMessageSize);

    private Sizes() {}

    private static long parseHeaderSize(String text) {
        return inRange(text, 16 * KILO, 16 * KILO * KILO, "16KB to 16MB");
    }

    private static long parseMessageSize(String text) {
        return inRange(text, 64 * KILO, 2 * KILO * KILO * KILO, "64KB to 2GB");
    }

    private static long inRange(String text, long least, long most, String range) {
        long size = parse(text);
        if (size < least || size > most) {
            throw Kinds.mistake(text, "is out of range", "write a size from " + range);
        }
        return size;
    }

    /** The bytes of a size in {@code mailflow.xml}: {@code 512KB}, {@code 200MB}, {@code 2GB}. */
    private static long parse(String text) {
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            throw Kinds.mistake(text, "is not a size", "write a number and KB, MB or GB, like 512KB, 200MB or 2GB");
        }
        return bytes(size.group(1), size.group(2).substring(0, 1));
    }

    /**
     * The bytes of a size in one of James' files: {@code 35M}; a number alone is kilobytes.
     *
     * @throws IllegalArgumentException if it is none; the message says how to write one
     */
    public static long ofJames(String text) {
        Matcher size = JAMES_SIZE.matcher(text);
        if (!size.matches()) {
            throw Kinds.mistake(text, "is no size", "write a number of kilobytes, or with K, M or G, like 35M");
        }
        return bytes(size.group(1), size.group(2).toUpperCase(Locale.ROOT));
    }

    private static long bytes(String digits, String unit) {
        long number = Long.parseLong(digits);
        return switch (unit) {
            case "B" -> number;
            case "M" -> number * KILO * KILO;
            case "G" -> number * KILO * KILO * KILO;
            default -> number * KILO;
        };
    }
}
