package org.mailflow.assembly;

import org.mailflow.assembly.demo.DemoCommand;
import org.mailflow.cli.MailflowCommand;
import org.mailflow.cli.ValidateCommand;
import picocli.CommandLine;

/** All commands: those that start servers or speak with next hops, and those that ask servers. */
public final class Main {

    private Main() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** Every command that there is. */
    public static CommandLine commandLine() {
        return MailflowCommand.commandLine(
                new ValidateCommand(new OfflineProbe()), new RunCommand(), new DemoCommand());
    }
}
