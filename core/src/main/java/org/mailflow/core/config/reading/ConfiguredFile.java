package org.mailflow.core.config.reading;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.mailflow.core.config.Location;
import org.mailflow.core.config.settings.Parameter;

/** Finds the files that a configuration names. */
final class ConfiguredFile {

    private ConfiguredFile() {}

    /** The file of a parameter, if it can be read; a problem otherwise. */
    static Optional<Path> existing(
            Section section, Parameter<String> parameter, Section.Item<String> written, Reading reading) {
        return existing(section, parameter, written.value(), written.location(), reading);
    }

    /** The file of a parameter that is written once, if it can be read; a problem otherwise. */
    static Optional<Path> existing(Section section, Parameter<String> parameter, Reading reading) {
        return section.one(parameter)
                .flatMap(name -> existing(section, parameter, name, section.locationOf(parameter), reading));
    }

    private static Optional<Path> existing(
            Section section, Parameter<String> parameter, String name, Location place, Reading reading) {
        try {
            Path file = reading.resolve(name);
            if (!Files.isRegularFile(file)) {
                section.unavailable(
                        parameter,
                        place,
                        "there is no file " + name,
                        "A relative file is sought from the folder of mailflow.xml: "
                                + reading.folder().toAbsolutePath());
                return Optional.empty();
            }
            if (!Files.isReadable(file)) {
                section.unavailable(parameter, place, name + " cannot be read", "Let the user of the server read it");
                return Optional.empty();
            }
            return Optional.of(file);
        } catch (InvalidPathException e) {
            section.broken(parameter, place, "'" + name + "' cannot be a file", "Write a file's name");
            return Optional.empty();
        }
    }
}
