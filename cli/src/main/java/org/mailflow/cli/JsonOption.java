package org.mailflow.cli;

import picocli.CommandLine.Option;

/** {@code --json}, the same for every command. */
public final class JsonOption {

    @Option(names = "--json", description = "Answer in JSON, for programs.")
    private boolean json;

    /** Whether a program reads the answer. */
    public boolean isJson() {
        return json;
    }
}
