package org.mailflow.cli;

import java.util.concurrent.Callable;
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
    private MailActions actions = new MailActions();

    @Mixin
    private RecipientOption recipient = new RecipientOption();

    @Override
    public Integer call() throws CommandFailure {
        return actions.run(spec, "retry", recipient.address(), "due now");
    }
}
