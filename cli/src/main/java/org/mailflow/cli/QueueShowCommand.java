package org.mailflow.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.mailflow.core.json.JsonTexts;
import org.mailflow.core.operation.MailDetails;
import org.mailflow.core.operation.MailFilter;
import org.mailflow.core.operation.QueuedMail;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./mailflow queue show}. */
@Command(
        name = "show",
        description =
                "The mails of the queues, those that wait longest first; or with one ID all that is known of that mail.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class)
final class QueueShowCommand implements Callable<Integer> {

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

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "Show N mails at most, 100000 at the highest. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Override
    public Integer call() throws CommandFailure {
        List<String> ids = choice.filter(recipient.address()).ids();
        return ids.isEmpty() ? list() : details(ids);
    }

    private int list() throws CommandFailure {
        MailFilter filter = choice.filter(recipient.address());
        Map<String, Optional<String>> parameters = new LinkedHashMap<>();
        parameters.put("queue", filter.queue());
        parameters.put("from", filter.from());
        parameters.put("to", filter.to());
        parameters.put("reason", filter.reason());
        // One more than is shown tells whether there are more.
        parameters.put(
                "limit",
                Optional.of(Integer.toString(limit < QueuePaths.HIGHEST_LIMIT ? limit + 1 : QueuePaths.HIGHEST_LIMIT)));
        List<QueuedMail> found = List.of(server.find().get(QueuePaths.MAILS, parameters, QueuedMail[].class));
        List<QueuedMail> shown = found.stream().limit(limit).toList();
        Screen screen = Screen.out(spec);
        if (format.isJson()) {
            screen.json(new JsonTexts().writeIndented(shown));
        } else {
            new QueueView(screen, Instant.now()).mails(shown);
        }
        if (found.size() > shown.size()) {
            Screen.err(spec).line("These are the first " + limit + "; --limit N shows more.");
        }
        return ExitCode.OK;
    }

    private int details(List<String> ids) throws CommandFailure {
        RunningServer running = server.find();
        List<MailDetails> mails = new ArrayList<>();
        for (String id : ids) {
            mails.add(running.get(QueuePaths.MAILS + "/" + RunningServer.encoded(id), Map.of(), MailDetails.class));
        }
        Screen screen = Screen.out(spec);
        if (format.isJson()) {
            screen.json(new JsonTexts().writeIndented(mails));
        } else {
            mails.forEach(new QueueView(screen, Instant.now())::details);
        }
        return ExitCode.OK;
    }
}
