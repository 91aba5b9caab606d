package org.mailflow.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --to}, where it chooses mails. */
final class RecipientOption {

    @Option(names = "--to", paramLabel = "ADDRESS", description = "With such a recipient: an address, or @domain.")
    private @Nullable String to;

    Optional<String> address() {
        return Optional.ofNullable(to);
    }
}
