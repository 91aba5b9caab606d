package org.mailflow.testing.readers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The modules of Node.js that are installed for everybody. */
public final class NodeModules {
    private static final long SECONDS = 20;

    private NodeModules() {}

    /** Why a module cannot be used here; empty where it can. */
    public static Optional<String> obstacle(String module) {
        try {
            return Files.isDirectory(directory().resolve(module))
                    ? Optional.empty()
                    : Optional.of(module + " is not among the global modules of npm");
        } catch (IOException e) {
            return Optional.of("npm is not on the PATH");
        }
    }

    /** Where npm installs modules globally. */
    static Path directory() throws IOException {
        Process npm = new ProcessBuilder(List.of("npm", "root", "--global"))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            String path = new String(npm.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!npm.waitFor(SECONDS, TimeUnit.SECONDS) || npm.exitValue() != 0) {
                throw new IOException("npm does not tell where its modules are");
            }
            return Path.of(path);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            npm.destroyForcibly();
        }
    }
}
