package org.mailflow.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./mailflow repository}: the repositories of a running server. */
@Command(
        name = "repository",
        description =
                "Shows the repositories of the running server, where mail stands that did not go its way, sends it again"
                        + " or deletes it.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:there is no such repository, mail or processor, or the server failed",
            "2:wrong usage",
            "3:the running server cannot be asked"
        },
        subcommands = {
            RepositoryListCommand.class,
            RepositoryShowCommand.class,
            RepositoryReplayCommand.class,
            RepositoryDeleteCommand.class
        })
final class RepositoryCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** Asked for nothing: shows what there is to ask for. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE;
    }
}
