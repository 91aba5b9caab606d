package org.mailflow.cli;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailflow.core.operation.MailFilter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which mails a command is about. */
final class MailChoice {

    @Parameters(arity = "0..*", paramLabel = "ID", description = "The id of a mail, as shown by queue show.")
    private List<String> ids = List.of();

    @Option(
            names = {"--connector", "--queue"},
            paramLabel = "QUEUE",
            description = "Mails of this queue: a connector as ORGANIZATION/NAME or NAME, mx, or spool.")
    private @Nullable String queue;

    @Option(names = "--from", paramLabel = "ADDRESS", description = "With this sender: an address, @domain, or <>.")
    private @Nullable String from;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Whose last reply has this text in it.")
    private @Nullable String reason;

    @Option(
            names = "--all",
            description =
                    "All mails, where nothing else narrows the choice; with --connector alone, its mails one by one.")
    private boolean all;

    MailFilter filter(Optional<String> to) {
        return new MailFilter(ids, queue(), Optional.ofNullable(from), to, Optional.ofNullable(reason));
    }

    Optional<String> queue() {
        return Optional.ofNullable(queue);
    }

    boolean isAll() {
        return all;
    }

    /** Whether a whole queue is meant: nothing narrower, and not all of its mails one by one. */
    boolean isWholeQueue(Optional<String> to) {
        return !all && queue != null && filter(to).equals(MailFilter.ofQueue(queue));
    }

    /** Refuses a command line that says nothing of which mails. */
    void require(Optional<String> to) throws CommandFailure {
        if (filter(to).equals(MailFilter.all()) && !all) {
            throw CommandFailure.usage(
                    "say which mails are meant: an ID, --connector, --from, --to or --reason, or --all");
        }
    }
}
