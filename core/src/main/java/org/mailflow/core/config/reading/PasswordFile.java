package org.mailflow.core.config.reading;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.mailflow.core.config.FileAccess;
import org.mailflow.core.config.settings.Parameter;

/** Reads a password from a file that the configuration names. */
final class PasswordFile {

    private PasswordFile() {}

    /** The file's only line; empty where none is named, or where there is none, which is noted. */
    static Optional<String> read(Section section, Parameter<String> parameter, Reading reading) {
        return ConfiguredFile.existing(section, parameter, reading).flatMap(file -> onlyLine(section, parameter, file));
    }

    private static Optional<String> onlyLine(Section section, Parameter<String> parameter, Path file) {
        if (FileAccess.isForOthers(file)) {
            section.warning(parameter, FileAccess.EXPOSED, FileAccess.REMEDY);
        }
        try {
            String text = Files.readString(file).stripTrailing();
            if (text.isEmpty() || text.lines().count() > 1) {
                section.broken(
                        parameter,
                        section.locationOf(parameter),
                        "holds no password, or more than one line",
                        "Write the password and nothing else into the file");
                return Optional.empty();
            }
            return Optional.of(text);
        } catch (IOException e) {
            section.unavailable(
                    parameter,
                    section.locationOf(parameter),
                    "cannot be read: " + e.getMessage(),
                    "Let the user of the server read it, and save it as UTF-8");
            return Optional.empty();
        }
    }
}
