package org.mailflow.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.mailflow.core.json.JsonTexts;
import org.mailflow.core.operation.ActionResult;
import org.mailflow.core.operation.MailAction;
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
    private ServerLink server = new ServerLink();

    @Mixin
    private JsonOption format = new JsonOption();

    @Mixin
    private MailChoice choice = new MailChoice();

    @Option(
            names = "--to",
            paramLabel = "QUEUE",
            required = true,
            description = "The other connector, as ORGANIZATION/NAME or NAME, or mx.")
    private String to = "";

    @Override
    public Integer call() throws CommandFailure {
        choice.require(Optional.empty());
        MailAction action = new MailAction(
                choice.filter(Optional.empty()), Optional.of(choice.isAll()), Optional.empty(), Optional.of(to));
        ActionResult result = server.find().act(QueuePaths.MAILS + "/move", action, ActionResult.class);
        return new ResultView(spec, format, new JsonTexts()).show("moved to " + to, result);
    }
}
