package org.mailflow.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./mailflow queue}: the queues of a running server. */
@Command(
        name = "queue",
        description =
                "Shows the queues of the running server, and handles the mail in them. It works while mail flows; a mail"
                        + " that is being delivered at this moment is left alone, and told as busy.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:there is no such queue or mail, it is busy, or the server failed",
            "2:wrong usage",
            "3:the running server cannot be asked"
        },
        subcommands = {
            QueueListCommand.class,
            QueueShowCommand.class,
            QueueRetryCommand.class,
            QueueHoldCommand.class,
            QueueReleaseCommand.class,
            QueueDeleteCommand.class,
            QueueMoveCommand.class
        })
final class QueueCommand implements Callable<Integer> {

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
