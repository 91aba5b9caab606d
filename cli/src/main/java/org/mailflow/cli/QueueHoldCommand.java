package org.mailflow.cli;

import java.util.concurrent.Callable;
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
    private MailActions actions = new MailActions();

    @Mixin
    private RecipientOption recipient = new RecipientOption();

    @Override
    public Integer call() throws CommandFailure {
        return actions.isWholeQueue(recipient)
                ? actions.runOnQueue(spec, "suspend", "is on hold; no attempt begins")
                : actions.run(spec, "hold", recipient.address(), "on hold");
    }
}
