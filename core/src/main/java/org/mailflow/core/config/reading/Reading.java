package org.mailflow.core.config.reading;

import java.nio.file.Path;
import java.time.Instant;
import org.mailflow.core.config.Problems;
import org.mailflow.core.config.settings.ElementSpec;
import org.mailflow.core.config.xml.EnvironmentVariables;

/**
 * What one reading of a configuration works with.
 *
 * @param folder where relative files are sought: that of the file
 * @param environment the variables that it may name
 * @param now for what expires
 * @param root all that may be written in the file, for the remedy of what stands in the wrong place
 * @param problems whatever is wrong goes here
 */
public record Reading(Path folder, EnvironmentVariables environment, Instant now, ElementSpec root, Problems problems) {

    /**
     * A file that the configuration names.
     *
     * @throws java.nio.file.InvalidPathException where that can be no file
     */
    Path resolve(String name) {
        return folder.resolve(name);
    }

    /** A file as the administrator knows it: relative to the folder where it is in it. */
    public String nameOf(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Path base = folder.toAbsolutePath().normalize();
        return (absolute.startsWith(base) ? base.relativize(absolute) : absolute).toString();
    }
}
