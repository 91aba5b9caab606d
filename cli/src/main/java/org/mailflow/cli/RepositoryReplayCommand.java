package org.mailflow.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mailflow.core.json.JsonTexts;
import org.mailflow.core.operation.ActionResult;
import org.mailflow.core.operation.RepositoryAction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./mailflow repository replay}. */
@Command(
        name = "replay",
        description = "Sends mails of a repository to a processor again; they leave the repository.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class)
final class RepositoryReplayCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private ServerLink server = new ServerLink();

    @Mixin
    private JsonOption format = new JsonOption();

    @Mixin
    private KeyChoice choice = new KeyChoice();

    @Option(
            names = "--processor",
            paramLabel = "NAME",
            description =
                    "Where they go. Default: root; for mail that was set aside or deleted, the processor that it was in.")
    private @Nullable String processor;

    @Override
    public Integer call() throws CommandFailure {
        RepositoryAction action = choice.action(Optional.ofNullable(processor));
        ActionResult result = server.find().act(QueuePaths.REPOSITORIES + "/replay", action, ActionResult.class);
        return new ResultView(spec, format, new JsonTexts()).show("sent again", result);
    }
}
