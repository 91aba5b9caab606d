package org.mailflow.core.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A folder with the certificates of the tests, for configurations to be read from. */
final class ConfigurationFolder {

    static final Path RESOURCES = Path.of("src", "test", "resources", "config");
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-06-01T00:00:00Z"), ZoneOffset.UTC);

    private final Path folder;

    private ConfigurationFolder(Path folder) {
        this.folder = folder;
    }

    /** Fills an empty folder. */
    static ConfigurationFolder in(Path folder) throws IOException {
        ConfigurationFolder filled = new ConfigurationFolder(folder);
        Path certificates = Files.createDirectory(folder.resolve("certs"));
        for (Path file : files(RESOURCES.resolve("certs"))) {
            Path copy = Files.copy(file, certificates.resolve(file.getFileName().toString()));
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-------"));
        }
        Path exposed = Files.copy(certificates.resolve("cloud.key"), certificates.resolve("exposed.key"));
        Files.setPosixFilePermissions(exposed, PosixFilePermissions.fromString("rw-r--r--"));
        return filled;
    }

    /** Copies all files of another folder into this one. */
    ConfigurationFolder with(Path other) throws IOException {
        for (Path file : files(other)) {
            Files.copy(file, folder.resolve(file.getFileName().toString()));
        }
        return this;
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** Reads this text as {@code mailflow.xml}. */
    Configuration read(String text) throws IOException {
        Files.writeString(file("mailflow.xml"), text);
        return read("mailflow.xml", Map.of());
    }

    Configuration read(String file, Map<String, String> environment) {
        return new MailflowXml(file(file), environment, CLOCK).read(7);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
