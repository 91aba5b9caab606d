package org.mailflow.cli;

import java.io.Console;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --yes}, for what cannot be taken back. */
final class Confirmation {

    @Option(
            names = "--yes",
            description = "Do not ask; without it, only a terminal is asked, and a program is refused.")
    private boolean yes;

    /** Asks a person, or refuses a program that did not say so. */
    void require(Screen asides, String question) throws CommandFailure {
        if (yes) {
            return;
        }
        Optional<Console> terminal =
                TerminalColours.isTerminal() ? Optional.ofNullable(System.console()) : Optional.empty();
        if (terminal.isEmpty()) {
            throw CommandFailure.usage(question + "\nSay so with --yes.");
        }
        asides.line(question + " [y/N]");
        String answer = Optional.ofNullable(terminal.get().readLine())
                .orElse("")
                .strip()
                .toLowerCase(Locale.ROOT);
        if (!answer.equals("y") && !answer.equals("yes")) {
            throw CommandFailure.notOk("nothing was done");
        }
    }
}
