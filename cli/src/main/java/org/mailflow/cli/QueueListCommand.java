package org.mailflow.cli;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mailflow.core.json.JsonTexts;
import org.mailflow.core.operation.QueueSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./mailflow queue list}. */
@Command(
        name = "list",
        description =
                "Every queue of the running server: how much mail is in it, how old it is, when it is tried next, and why not yet.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class)
final class QueueListCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private ServerLink server = new ServerLink();

    @Mixin
    private JsonOption format = new JsonOption();

    @Option(
            names = {"--connector", "--queue"},
            paramLabel = "QUEUE",
            description = "This queue alone: a connector as ORGANIZATION/NAME or NAME, mx, or spool.")
    private @Nullable String queue;

    @Override
    public Integer call() throws CommandFailure {
        List<QueueSummary> all = List.of(server.find().get(QueuePaths.QUEUES, Map.of(), QueueSummary[].class));
        List<QueueSummary> chosen = all.stream().filter(this::isChosen).toList();
        if (chosen.isEmpty()) {
            throw CommandFailure.notOk("there is no queue '" + queue + "'; there are "
                    + all.stream().map(QueueSummary::queue).collect(Collectors.joining(", ")));
        }
        Screen screen = Screen.out(spec);
        if (format.isJson()) {
            screen.json(new JsonTexts().writeIndented(chosen));
        } else {
            new QueueView(screen, Instant.now()).list(chosen);
        }
        return ExitCode.OK;
    }

    private boolean isChosen(QueueSummary summary) {
        return queue == null
                || summary.queue().equalsIgnoreCase(queue)
                || summary.queue().toLowerCase(Locale.ROOT).endsWith("/" + queue.toLowerCase(Locale.ROOT));
    }
}
