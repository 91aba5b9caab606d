package org.mailflow.cli;

/** A command cannot do what it was asked; its message tells the user what to do about it. */
final class CommandFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    static CommandFailure notOk(String message) {
        return new CommandFailure(ExitCode.NOT_OK, message);
    }

    static CommandFailure usage(String message) {
        return new CommandFailure(ExitCode.USAGE, message);
    }

    static CommandFailure unreachable(String message) {
        return new CommandFailure(ExitCode.UNREACHABLE, message);
    }

    int exitCode() {
        return exitCode;
    }
}
