package org.mailflow.integration;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
        WORD,
        GONE,
        OTHER,
        REFUSED,
        KEPT
    }

    private static final int FIELDS = 5_000;
    private static final int MEGABYTE = 1_048_576;
    private static final String MANY_FIELDS = "X-Filler: x\r\n".repeat(FIELDS);
    private static final String LONG_FIELD = "X-Filler: " + "x".repeat(1_000) + "\r\n";
    private static final String LONG_HEADER = LONG_FIELD.repeat(MEGABYTE / LONG_FIELD.length() + 1);
    private static final String MANY = "{5000 fields}";
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

    /** Whether a mail can have one field alone of this shape: where it is, or that it is refused, would be of the first alone. */
    boolean isOfOneField() {
        return outcome == Outcome.REFUSED || (place != Place.MIDDLE && place != Place.PART);
    }

    /** Whether it is a header field for every reader. */
    boolean isField() {
        return outcome == Outcome.FIELD || outcome == Outcome.WORD;
    }

    /** What is written, one character for each byte, without the line end behind it; with this between fields. */
    String of(List<ForgedField> fields, String between) {
        String octets = OCTET.matcher(text).replaceAll(found -> Matcher.quoteReplacement(octet(found.group())));
        String all = fields.stream().map(field -> field.in(octets)).collect(Collectors.joining(between));
        int first = all.indexOf(MANY);
        return first < 0
                ? all.replace("{a megabyte}", LONG_HEADER)
                : all.substring(0, first) + MANY_FIELDS + all.replace(MANY, "").substring(first);
    }

    /** The name that a field of this shape has where it has another than the forged one. */
    String otherName(ForgedField field) {
        String line = of(List.of(field), "");
        String name = line.substring(0, line.indexOf(':'));
        return name.startsWith("..") ? name.substring(1) : name;
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
