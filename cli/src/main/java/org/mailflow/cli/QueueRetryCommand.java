package org.mailflow.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.mailflow.core.json.JsonTexts;
import org.mailflow.core.operation.ActionResult;
import org.mailflow.core.operation.MailAction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./mailflow queue retry}. */
@Command(
        name = "retry",
        description = "Tries waiting mails now.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class)
final class QueueRetryCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private ServerLink server = new ServerLink();

    @Mixin
    private JsonOption format = new JsonOption();

    @Mixin
    private MailChoice choice = new MailChoice();

    @Mixin
    private RecipientOption recipient = new RecipientOption();

    @Override
    public Integer call() throws CommandFailure {
        choice.require(recipient.address());
        MailAction action = new MailAction(
                choice.filter(recipient.address()), Optional.of(choice.isAll()), Optional.empty(), Optional.empty());
        ActionResult result = server.find().act(QueuePaths.MAILS + "/retry", action, ActionResult.class);
        return new ResultView(spec, format, new JsonTexts()).show("due now", result);
    }
}
