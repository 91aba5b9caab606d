package org.mailflow.integration;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.mailflow.assembly.Main;

/**
 * What came of a command of {@code ./mailflow}.
 *
 * @param exitCode what the shell is told
 * @param out standard output
 * @param err standard error
 */
record CommandRun(int exitCode, String out, String err) {

    static CommandRun of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new CommandRun(exitCode, out.toString(), err.toString());
    }
}
