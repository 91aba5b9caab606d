package org.mailflow.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mailflow.core.json.JsonTexts;
import org.mailflow.core.operation.RepositorySummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./mailflow repository list}. */
@Command(
        name = "list",
        description = "Every repository with the number of its mails.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class)
final class RepositoryListCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private ServerLink server = new ServerLink();

    @Mixin
    private JsonOption format = new JsonOption();

    @Override
    public Integer call() throws CommandFailure {
        List<RepositorySummary> all =
                List.of(server.find().get(QueuePaths.REPOSITORIES, Map.of(), RepositorySummary[].class));
        Screen screen = Screen.out(spec);
        if (format.isJson()) {
            screen.json(new JsonTexts().writeIndented(all));
            return ExitCode.OK;
        }
        Table table = new Table("MAILS", "REPOSITORY");
        all.forEach(repository -> table.row(
                Text.of(Long.toString(repository.mails()), repository.mails() == 0 ? Style.DIM : Style.WARNING),
                Text.of(repository.url())));
        table.show(screen);
        return ExitCode.OK;
    }
}
