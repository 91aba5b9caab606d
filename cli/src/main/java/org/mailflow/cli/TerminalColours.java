package org.mailflow.cli;

import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/** Whether to write in colour: only on a terminal, and not where {@code NO_COLOR} is set (no-color.org). */
public final class TerminalColours {

    /**
     * The launcher's word that standard output and standard error are a terminal. The JDK's own test means another thing
     * in each of its versions.
     */
    private static final String TERMINAL = "mailflow.terminal";

    private TerminalColours() {}

    /** Whether this process writes to a terminal. */
    public static boolean isTerminal() {
        return Boolean.getBoolean(TERMINAL);
    }

    static Ansi ofThisProcess() {
        return wanted(System.getenv(), isTerminal());
    }

    static Ansi wanted(Map<String, String> environment, boolean isTerminal) {
        boolean refused = !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.getOrDefault("TERM", "").equals("dumb");
        return isTerminal && !refused ? Ansi.ON : Ansi.OFF;
    }
}
