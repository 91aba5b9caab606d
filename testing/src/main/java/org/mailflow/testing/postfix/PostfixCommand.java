package org.mailflow.testing.postfix;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs Postfix' own commands on one instance. */
final class PostfixCommand {
    private static final long LIMIT_SECONDS = 60;

    private final Path config;

    PostfixCommand(Path config) {
        this.config = config;
    }

    /**
     * Runs a command to its end.
     *
     * @param program its path
     * @param arguments what follows {@code -c} and the directory
     * @return what it printed
     * @throws IOException where it fails, with what it printed
     */
    String run(String program, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(program, "-c", config.toString()));
        line.addAll(List.of(arguments));
        // Into a file: the daemons that "start" leaves behind would keep a pipe open.
        Path output = Files.createTempFile(config, "output-", ".txt");
        try {
            Process process = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(line + " did not end in " + LIMIT_SECONDS + " s: " + Files.readString(output));
            }
            String printed = Files.readString(output);
            if (process.exitValue() != 0) {
                throw new IOException(line + " failed with " + process.exitValue() + ": " + printed);
            }
            return printed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(line + " was interrupted", e);
        } finally {
            Files.deleteIfExists(output);
        }
    }
}
