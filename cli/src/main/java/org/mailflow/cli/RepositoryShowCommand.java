package org.mailflow.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mailflow.core.json.JsonTexts;
import org.mailflow.core.operation.Ages;
import org.mailflow.core.operation.StoredMail;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./mailflow repository show}. */
@Command(
        name = "show",
        description =
                "The mails of a repository, with why they are there; or with a KEY all that was noted on that mail.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class)
final class RepositoryShowCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private ServerLink server = new ServerLink();

    @Mixin
    private JsonOption format = new JsonOption();

    @Parameters(index = "0", paramLabel = "REPOSITORY", description = "Its URL, or the last part of it: error.")
    private String repository = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "KEY", description = "One mail.")
    private @Nullable String key;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "Read N mails at most, 100000 at the highest. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Override
    public Integer call() throws CommandFailure {
        List<StoredMail> mails = List.of(server.find()
                .get(
                        QueuePaths.REPOSITORIES + "/mails",
                        Map.of(
                                "repository", Optional.of(repository),
                                "key", Optional.ofNullable(key),
                                "limit", Optional.of(Integer.toString(limit))),
                        StoredMail[].class));
        Screen screen = Screen.out(spec);
        if (format.isJson()) {
            screen.json(new JsonTexts().writeIndented(mails));
        } else {
            mails.forEach(mail -> show(screen, mail));
            if (mails.isEmpty()) {
                screen.line("No mail.");
            }
        }
        return ExitCode.OK;
    }

    private void show(Screen screen, StoredMail mail) {
        screen.line(
                Text.of(mail.key(), Style.STRONG),
                Text.of("  " + Sizes.text(mail.size()) + ", " + Ages.text(Duration.between(mail.since(), Instant.now()))
                        + " old"));
        screen.line("  " + mail.sender() + " -> " + String.join(", ", mail.recipients()));
        mail.reason().ifPresent(reason -> screen.line(Text.of("  "), Text.of(reason, Style.WARNING)));
        if (key != null) {
            mail.attributes()
                    .forEach((name, value) -> screen.line(Text.of("  " + name + " = ", Style.DIM), Text.of(value)));
        }
    }
}
