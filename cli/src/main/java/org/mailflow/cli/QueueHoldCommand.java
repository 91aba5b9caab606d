package org.mailflow.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.mailflow.core.json.JsonTexts;
import org.mailflow.core.operation.ActionResult;
import org.mailflow.core.operation.MailAction;
import org.mailflow.core.operation.QueueChoice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./mailflow queue hold}. */
@Command(
        name = "hold",
        description =
                "Holds mails: they stand aside, over restarts too, and do not grow older, until they are released. With --connector alone, the whole queue is held: attempts under way end, no other begins.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class)
final class QueueHoldCommand implements Callable<Integer> {

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
        if (choice.isWholeQueue(recipient.address())) {
            QueueChoice queue = new QueueChoice(choice.queue().orElse(""));
            server.find().act(QueuePaths.QUEUES + "/suspend", queue, QueueChoice.class);
            return new ResultView(spec, format, new JsonTexts()).queue(queue, "is on hold; no attempt begins");
        }
        MailAction action = new MailAction(
                choice.filter(recipient.address()), Optional.of(choice.isAll()), Optional.empty(), Optional.empty());
        ActionResult result = server.find().act(QueuePaths.MAILS + "/hold", action, ActionResult.class);
        return new ResultView(spec, format, new JsonTexts()).show("on hold", result);
    }
}
