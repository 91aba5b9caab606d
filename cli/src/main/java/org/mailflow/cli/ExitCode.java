package org.mailflow.cli;

/** What a command tells the shell. */
public final class ExitCode {

    /** All is well. */
    public static final int OK = 0;
    /** The command ran, and the answer is no: errors were found, a recipient is not accepted, a mail is not there. */
    public static final int NOT_OK = 1;
    /** The command line, or a file that it names, makes no sense. */
    public static final int USAGE = 2;
    /** The server cannot be asked. */
    public static final int UNREACHABLE = 3;
    /** The command itself is broken (EX_SOFTWARE of sysexits.h). */
    public static final int BROKEN = 70;

    /** The answer cannot be told now; ask again later (EX_TEMPFAIL of sysexits.h). */
    public static final int UNAVAILABLE = 75;

    private ExitCode() {}
}
