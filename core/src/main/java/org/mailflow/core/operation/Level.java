package org.mailflow.core.operation;

/** How bad it is, in the words and with the exit codes of monitoring plugins. */
public enum Level {
    /** All is well. */
    OK(0),
    /** Somebody should look at it today. */
    WARNING(1),
    /** Somebody should look at it now. */
    CRITICAL(2),
    /** It cannot be told. */
    UNKNOWN(3);

    private final int exitCode;

    Level(int exitCode) {
        this.exitCode = exitCode;
    }

    /** What a monitoring plugin ends with. */
    public int exitCode() {
        return exitCode;
    }

    /** The worse of two. */
    public Level or(Level other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
