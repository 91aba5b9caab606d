package org.mailflow.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.json.JsonTexts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./mailflow trace}: what happened to a mail. */
@Command(
        name = "trace",
        description =
                "Tells what happened to a mail: who brought it, how it was split, where each copy went. Times are UTC.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:found", "1:nothing found", "2:wrong usage, or no log"})
final class TraceCommand implements Callable<Integer> {

    private static final String MAIL_LOG = "mail.log";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private DataOption data = new DataOption();

    @Mixin
    private JsonOption format = new JsonOption();

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "Read this log instead of DIR/mail.log; may be given again, oldest first.")
    private List<Path> logs = List.of();

    @Option(
            names = "--last",
            paramLabel = "N",
            defaultValue = "20",
            description = "Show the last N mails that were found. Default: ${DEFAULT-VALUE}.")
    private int last;

    @Parameters(
            arity = "0..1",
            paramLabel = "ID|ADDRESS",
            description = "The id of a mail or of a copy, a Message-ID, or the address of the sender or a recipient."
                    + " Without: all mails.")
    private @Nullable String sought;

    @Override
    public Integer call() throws CommandFailure {
        if (last < 1) {
            throw CommandFailure.usage("--last must be 1 or more");
        }
        Predicate<MailEvent> query = sought == null ? event -> true : new TrailQuery(sought)::matches;
        Trails trails = read(query);
        if (format.isJson()) {
            Screen.out(spec).json(new JsonTexts().writeIndented(trails.shown()));
        } else {
            new TraceView(Screen.out(spec)).show(trails.shown());
        }
        return tellOfOthers(trails);
    }

    private Trails read(Predicate<MailEvent> query) throws CommandFailure {
        List<Path> files = logs.isEmpty() ? List.of(data.directory().resolve(MAIL_LOG)) : logs;
        Optional<Path> missing =
                files.stream().filter(file -> !Files.isRegularFile(file)).findFirst();
        if (missing.isPresent()) {
            throw CommandFailure.usage("there is no log " + missing.get()
                    + "\nName the server's data directory with --data, or a log with --log.");
        }
        try {
            return Trails.read(files, query, last);
        } catch (IOException e) {
            throw CommandFailure.usage("cannot read the log: " + e);
        }
    }

    private int tellOfOthers(Trails trails) {
        if (trails.shown().isEmpty()) {
            Screen.err(spec).line(sought == null ? "The log is empty." : "Nothing found of " + sought + ".");
            return ExitCode.NOT_OK;
        }
        if (trails.more()) {
            Screen.err(spec).line("These are the last " + last + "; --last N shows more.");
        }
        return ExitCode.OK;
    }
}
