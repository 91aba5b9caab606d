package org.mailflow.cli;

/** The commands without those that start servers. */
public final class Main {

    private Main() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(MailflowCommand.commandLine().execute(arguments));
    }
}
