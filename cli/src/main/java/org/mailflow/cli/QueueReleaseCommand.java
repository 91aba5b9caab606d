package org.mailflow.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./mailflow queue release}. */
@Command(
        name = "release",
        description =
                "Puts held mails back into their queues, due now. With --connector alone, the whole queue is released; mails that are held one by one stay held.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class)
final class QueueReleaseCommand implements Callable<Integer> {

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
                ? actions.runOnQueue(spec, "resume", "is released; attempts begin within ten seconds")
                : actions.run(spec, "release", recipient.address(), "released");
    }
}
