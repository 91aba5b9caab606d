package org.mailflow.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./mailflow queue move}. */
@Command(
        name = "move",
        description =
                "Moves mails into the queue of another connector, where they are tried at once, and expire when they would have.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class)
final class QueueMoveCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private MailActions actions = new MailActions();

    @Option(
            names = "--to",
            paramLabel = "QUEUE",
            required = true,
            description = "The other connector, as ORGANIZATION/NAME or NAME, or mx.")
    private String to = "";

    @Override
    public Integer call() throws CommandFailure {
        return actions.run(spec, "move", Optional.empty(), Optional.empty(), Optional.of(to), "moved to " + to);
    }
}
