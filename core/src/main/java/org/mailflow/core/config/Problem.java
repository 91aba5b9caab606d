package org.mailflow.core.config;

/**
 * Something wrong, or risky, in the configuration.
 *
 * @param severity whether it may run
 * @param location where it stands
 * @param element the element, attribute or column it is about
 * @param message what is wrong
 * @param remedy how to mend it
 */
public record Problem(Severity severity, Location location, String element, String message, String remedy)
        implements Comparable<Problem> {

    /** How bad a problem is. */
    public enum Severity {
        /** The configuration is refused whole. */
        ERROR,
        /** The same; yet without what cannot be read, it makes sense. */
        UNAVAILABLE,
        /** The configuration runs, but does what few people mean. */
        WARNING
    }

    /** An error. */
    public static Problem error(Location location, String element, String message, String remedy) {
        return new Problem(Severity.ERROR, location, element, message, remedy);
    }

    /** A file that the configuration names cannot be read. */
    public static Problem unavailable(Location location, String element, String message, String remedy) {
        return new Problem(Severity.UNAVAILABLE, location, element, message, remedy);
    }

    /** A warning. */
    public static Problem warning(Location location, String element, String message, String remedy) {
        return new Problem(Severity.WARNING, location, element, message, remedy);
    }

    /** Whether the configuration is refused for it. */
    public boolean isError() {
        return severity != Severity.WARNING;
    }

    /** Whether it is only that a file cannot be read. */
    public boolean isUnavailable() {
        return severity == Severity.UNAVAILABLE;
    }

    @Override
    public int compareTo(Problem other) {
        return location.compareTo(other.location);
    }

    @Override
    public String toString() {
        String kind = isError() ? "error" : "warning";
        return location + ": " + kind + ": " + element + ": " + message + ". " + remedy;
    }
}
