package org.mailflow.assembly;

import org.mailflow.assembly.demo.DemoCommand;
import org.mailflow.cli.MailflowCommand;

/** All commands: those that start servers, and those that ask them. */
public final class Main {

    private Main() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(
                MailflowCommand.commandLine(new RunCommand(), new DemoCommand()).execute(arguments));
    }
}
