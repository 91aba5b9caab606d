package org.mailflow.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Help;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code ./mailflow}: the root of all commands. */
@Command(
        name = "mailflow",
        description = "Mail flow of Exchange Online Protection and Exchange hybrid, on Apache James.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        synopsisSubcommandLabel = "COMMAND",
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        footer = {"", "Each command has --help."},
        subcommands = {
            CheckCommand.class,
            ExplainCommand.class,
            TraceCommand.class,
            DirectoryCommand.class,
            StatusCommand.class,
            QueueCommand.class,
            RepositoryCommand.class
        })
public final class MailflowCommand implements Callable<Integer> {

    private static final String OFFLINE = "--offline";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /**
     * All commands.
     *
     * @param more further commands (instances or classes with picocli's annotations)
     */
    public static CommandLine commandLine(Object... more) {
        CommandLine commandLine = new CommandLine(new MailflowCommand());
        for (Object command : more) {
            commandLine.addSubcommand(command);
        }
        return commandLine
                .setColorScheme(Help.defaultColorScheme(TerminalColours.ofThisProcess()))
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(usage())
                .setExecutionStrategy(MailflowCommand::run)
                .setExecutionExceptionHandler((failure, failed, arguments) -> failed(failure, failed));
    }

    /** Asked for nothing: shows what there is to ask for. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE;
    }

    /** An error, as where memory ends, must not end with the code that means "the answer is no". */
    private static int run(ParseResult parsed) {
        try {
            return new RunLast().execute(parsed);
        } catch (Error e) {
            throw new ExecutionException(parsed.commandSpec().commandLine(), e.toString(), e);
        }
    }

    private static int failed(Exception failure, CommandLine commandLine) {
        Screen screen = Screen.of(commandLine, commandLine.getErr());
        if (failure instanceof CommandFailure expected) {
            tell(screen, String.valueOf(expected.getMessage()));
            if (expected.exitCode() == ExitCode.UNREACHABLE
                    && commandLine.getCommandSpec().findOption(OFFLINE) != null) {
                screen.line("Or ask the files with " + OFFLINE + ".");
            }
            return expected.exitCode();
        }
        tell(screen, "this should not happen; please report it with what follows");
        failure.printStackTrace(commandLine.getErr());
        return ExitCode.BROKEN;
    }

    /** One line that says what is wrong and one that says where to read on: a page of help would hide the first. */
    private static IParameterExceptionHandler usage() {
        return (wrong, arguments) -> {
            CommandLine commandLine = wrong.getCommandLine();
            Screen screen = Screen.of(commandLine, commandLine.getErr());
            tell(screen, String.valueOf(wrong.getMessage()));
            UnmatchedArgumentException.printSuggestions(wrong, commandLine.getErr());
            screen.line("Try '" + commandLine.getCommandSpec().qualifiedName() + " --help'.");
            return commandLine.getCommandSpec().exitCodeOnInvalidInput();
        };
    }

    private static void tell(Screen screen, String message) {
        String[] lines = message.split("\\R");
        screen.line(Text.of("mailflow: ", Style.BAD), Text.of(lines[0]));
        for (int i = 1; i < lines.length; i++) {
            screen.line(lines[i]);
        }
    }
}
