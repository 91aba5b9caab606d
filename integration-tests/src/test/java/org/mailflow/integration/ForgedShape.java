package org.mailflow.integration;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where and how a forged header field is written: a row of the test resource {@code firewall/shapes.csv}, which says what each
 * column means.
 */
record ForgedShape(String description, Place place, Outcome outcome, String text) {

    enum Place {
        TOP,
        MIDDLE,
        BOTTOM,
        PART,
        EHLO,
        MAIL,
        RCPT
    }

    enum Outcome {
        FIELD,
        GONE,
        UNREAD,
        REFUSED,
        KEPT
    }

    private static final int FIELDS = 5_000;
    private static final int MEGABYTE = 1_048_576;
    private static final String FILLER = "X-Filler: x\r\n";
    private static final String LONG_FILLER = "X-Filler: " + "x".repeat(1_000) + "\r\n";
    private static final Pattern OCTET = Pattern.compile("\\\\(?:x(\\p{XDigit}{2})|([rnt0]))");

    /** The shapes of the test resource. */
    static List<ForgedShape> all() throws IOException {
        return ForgedField.rows("shapes.csv").stream()
                .map(row -> new ForgedShape(
                        row.get(0),
                        Place.valueOf(row.get(1).toUpperCase(Locale.ROOT)),
                        Outcome.valueOf(row.get(2).toUpperCase(Locale.ROOT)),
                        row.get(3)))
                .toList();
    }

    /** What is written, one character for each byte, without the line end behind it. */
    String of(ForgedField field) {
        String octets = OCTET.matcher(text).replaceAll(found -> Matcher.quoteReplacement(octet(found.group())));
        return field.in(octets)
                .replace("{5000 fields}", FILLER.repeat(FIELDS))
                .replace("{a megabyte}", LONG_FILLER.repeat(MEGABYTE / LONG_FILLER.length() + 1));
    }

    private static String octet(String escape) {
        return switch (escape.charAt(1)) {
            case 'r' -> "\r";
            case 'n' -> "\n";
            case 't' -> "\t";
            case '0' -> "\0";
            default -> String.valueOf((char) Integer.parseInt(escape.substring(2), 16));
        };
    }

    @Override
    public String toString() {
        return description;
    }
}
