package org.mailflow.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --data}, the same for every command. */
public final class DataOption {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:MAILFLOW_DATA:-data}",
            description = "The server's data directory. Default: MAILFLOW_DATA, else data.")
    private Path directory = Path.of("data");

    /** The data directory. */
    public Path directory() {
        return directory;
    }
}
