package org.mailflow.core.config;

import java.util.Comparator;

/**
 * A place in a file of the configuration.
 *
 * @param file the file as the administrator knows it: relative to the configuration directory where it is in it
 * @param line counted from 1
 * @param column counted from 1
 */
public record Location(String file, int line, int column) implements Comparable<Location> {

    private static final Comparator<Location> ORDER =
            Comparator.comparing(Location::file).thenComparing(Location::line).thenComparing(Location::column);

    @Override
    public int compareTo(Location other) {
        return ORDER.compare(this, other);
    }

    /** {@code file:line:column}, which editors and terminals turn into a link. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
