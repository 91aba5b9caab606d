package org.mailflow.core.config.xml;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.mailflow.core.config.Location;

/** The text of a file, with line feeds alone at the ends of its lines, and the places in it. */
public final class SourceText {

    private final String file;
    private final String text;
    private final int[] lineStarts;

    /**
     * A text.
     *
     * @param file the file's name in locations
     * @param text its characters; a byte order mark in front and carriage returns at the ends of lines are left out
     */
    public SourceText(String file, String text) {
        this.file = file;
        String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
        this.text = unmarked.replace("\r\n", "\n").replace('\r', '\n');
        this.lineStarts = IntStream.concat(
                        IntStream.of(0),
                        IntStream.range(0, this.text.length())
                                .filter(i -> this.text.charAt(i) == '\n')
                                .map(i -> i + 1))
                .toArray();
    }

    /** The text itself. */
    public String text() {
        return text;
    }

    /** The place of the character at this offset. */
    public Location at(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        int line = found >= 0 ? found : -found - 2;
        return new Location(file, line + 1, offset - lineStarts[line] + 1);
    }

    /** The place of a line and column counted from 1; the nearest one where the file has no such place. */
    public Location at(int line, int column) {
        return new Location(file, Math.max(1, Math.min(line, lineStarts.length)), Math.max(1, column));
    }
}
