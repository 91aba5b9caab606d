package org.mailflow.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A configuration directory that a test may change. */
final class ConfigurationCopy {

    private ConfigurationCopy() {}

    /**
     * Copies the files of a directory into another, over files of the same name.
     *
     * @param to is made
     * @return where the copy is
     */
    static Path of(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(file.getFileName());
                Files.deleteIfExists(copy);
                Files.copy(file, copy);
            }
        }
        return to;
    }
}
