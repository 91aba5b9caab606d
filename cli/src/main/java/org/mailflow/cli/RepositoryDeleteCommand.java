package org.mailflow.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.mailflow.core.json.JsonTexts;
import org.mailflow.core.operation.ActionResult;
import org.mailflow.core.operation.RepositoryAction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./mailflow repository delete}. */
@Command(
        name = "delete",
        description = "Deletes mails of a repository for ever.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class)
final class RepositoryDeleteCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private ServerLink server = new ServerLink();

    @Mixin
    private JsonOption format = new JsonOption();

    @Mixin
    private KeyChoice choice = new KeyChoice();

    @Mixin
    private Confirmation confirmation = new Confirmation();

    @Override
    public Integer call() throws CommandFailure {
        RepositoryAction action = choice.action(Optional.empty());
        confirmation.require(Screen.err(spec), "Mails of " + choice.repository() + " are deleted for ever.");
        ActionResult result = server.find().act(QueuePaths.REPOSITORIES + "/delete", action, ActionResult.class);
        return new ResultView(spec, format, new JsonTexts()).show("deleted for ever", result);
    }
}
