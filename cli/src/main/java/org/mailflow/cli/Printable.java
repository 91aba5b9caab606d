package org.mailflow.cli;

import java.util.Locale;

/**
 * A text that is safe to show. Mail carries what strangers wrote: escape sequences that would repaint a terminal, line
 * feeds that would forge a line, marks that turn the direction of writing. All of that is shown as what it is.
 *
 * @param text without any character that does more than to be seen
 */
public record Printable(String text) {

    /** Whatever was said, made harmless. */
    public static Printable of(String raw) {
        boolean harmless = raw.chars().allMatch(c -> c >= ' ' && c < 0x7F);
        return new Printable(harmless ? raw : escaped(raw));
    }

    private static String escaped(String raw) {
        StringBuilder text = new StringBuilder(raw.length() + 8);
        raw.codePoints().forEach(c -> {
            if (isVisible(c)) {
                text.appendCodePoint(c);
            } else {
                text.append(String.format(Locale.ROOT, Character.charCount(c) == 1 ? "\\u%04X" : "\\U%08X", c));
            }
        });
        return text.toString();
    }

    private static boolean isVisible(int c) {
        return c == ' '
                || switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.SPACE_SEPARATOR -> false;
                    default -> true;
                };
    }

    int length() {
        return text.codePointCount(0, text.length());
    }

    @Override
    public String toString() {
        return text;
    }
}
