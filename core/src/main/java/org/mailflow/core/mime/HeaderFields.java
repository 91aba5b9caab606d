package org.mailflow.core.mime;

import java.util.Locale;
import java.util.Optional;

/** Finds the Content-Type fields of a header, line by line (RFC 5322, 2.2). */
final class HeaderFields {

    private static final String NAME = "content-type";
    /** No mail program writes a longer field. */
    private static final int FIELD = 65_536;

    private final StringBuilder field = new StringBuilder();
    private boolean inField;
    private boolean cut;
    private boolean untyped = true;

    /** Begins a header, or what some programs take for the beginning of one. */
    void begin() {
        untyped = true;
    }

    /**
     * Takes a line.
     *
     * @param lineIsCut whether the line is longer than what is given
     * @return the Content-Type that ended before it
     */
    Optional<ContentType> line(String text, boolean lineIsCut) {
        if (text.charAt(0) == ' ' || text.charAt(0) == '\t') {
            if (inField) {
                append(text, lineIsCut);
            }
            return Optional.empty();
        }
        Optional<ContentType> ended = end();
        int colon = text.indexOf(':');
        if (colon > 0
                && text.substring(0, colon).strip().toLowerCase(Locale.ROOT).equals(NAME)) {
            inField = true;
            untyped = false;
            append(text.substring(colon + 1), lineIsCut);
        }
        return ended;
    }

    private void append(String text, boolean lineIsCut) {
        int room = FIELD - field.length();
        if (!cut) {
            field.append(text, 0, Math.min(text.length(), room));
        }
        cut |= lineIsCut || text.length() > room;
    }

    /** Ends the field; returns what it says where it is a Content-Type. */
    Optional<ContentType> end() {
        if (!inField) {
            return Optional.empty();
        }
        ContentType type = cut ? ContentType.beginning(field.toString()) : ContentType.of(field.toString());
        field.setLength(0);
        inField = false;
        cut = false;
        return Optional.of(type);
    }

    /** Whether the header has no Content-Type. */
    boolean isUntyped() {
        return untyped;
    }
}
