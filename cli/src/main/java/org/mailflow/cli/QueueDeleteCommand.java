package org.mailflow.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mailflow.core.operation.Disposal;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./mailflow queue delete}. */
@Command(
        name = "delete",
        description =
                "Takes mails out of their queues. They are kept in the repository of deleted mail, unless they are bounced or purged; no sender is told unless by --bounce.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class)
final class QueueDeleteCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private MailActions actions = new MailActions();

    @Mixin
    private RecipientOption recipient = new RecipientOption();

    @Mixin
    private Confirmation confirmation = new Confirmation();

    @ArgGroup
    private @Nullable DisposalOption disposal;

    private static final class DisposalOption {
        @Option(names = "--bounce", required = true, description = "Return the mails to their senders.")
        private boolean bounce;

        @Option(names = "--purge", required = true, description = "Do not keep them: they are gone for ever.")
        private boolean purge;
    }

    @Override
    public Integer call() throws CommandFailure {
        actions.require(recipient.address());
        Disposal wanted = disposal();
        confirmation.require(
                Screen.err(spec),
                switch (wanted) {
                    case KEEP -> "Mails are taken out of their queues and kept in the repository of deleted mail.";
                    case BOUNCE -> "Mails are returned to their senders.";
                    case PURGE -> "Mails are deleted for ever.";
                });
        String done =
                switch (wanted) {
                    case KEEP -> "deleted; kept in the repository 'deleted'";
                    case BOUNCE -> "returned";
                    case PURGE -> "deleted for ever";
                };
        return actions.run(spec, "delete", recipient.address(), Optional.of(wanted), Optional.empty(), done);
    }

    private Disposal disposal() {
        if (disposal != null && disposal.bounce) {
            return Disposal.BOUNCE;
        }
        return disposal != null && disposal.purge ? Disposal.PURGE : Disposal.KEEP;
    }
}
