package org.mailflow.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailflow.core.operation.RepositoryAction;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which mails of a repository a command is about. */
final class KeyChoice {

    @Parameters(index = "0", paramLabel = "REPOSITORY", description = "Its URL, or the last part of it: error.")
    private String repository = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "KEY", description = "One mail, as shown by repository show.")
    private @Nullable String key;

    @Option(names = "--all", description = "All mails of the repository.")
    private boolean all;

    /** Its URL, or the last part of it. */
    String repository() {
        return repository;
    }

    RepositoryAction action(Optional<String> processor) throws CommandFailure {
        if ((key == null) != all) {
            throw CommandFailure.usage("say which mail is meant: a KEY, or --all");
        }
        return new RepositoryAction(repository, Optional.ofNullable(key), Optional.of(all), processor);
    }
}
