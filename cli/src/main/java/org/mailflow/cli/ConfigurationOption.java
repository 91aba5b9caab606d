package org.mailflow.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.mailflow.core.config.Location;
import org.mailflow.core.config.Problem;
import picocli.CommandLine.Option;

/** {@code --conf}, the same for every command. */
public final class ConfigurationOption {

    private static final String MAILFLOW_XML = "mailflow.xml";

    @Option(
            names = "--conf",
            paramLabel = "DIR",
            defaultValue = "${env:MAILFLOW_CONF:-conf}",
            description = "The configuration directory, with mailflow.xml and the configuration of James."
                    + " Default: MAILFLOW_CONF, else conf.")
    private Path directory = Path.of("conf");

    /** The configuration directory. */
    public Path directory() {
        return directory;
    }

    /** The file {@code mailflow.xml} in it. */
    Path mailflowXml() {
        return directory.resolve(MAILFLOW_XML);
    }

    /** The same; it must be there. */
    Path existingMailflowXml() throws CommandFailure {
        Path file = mailflowXml();
        if (Files.notExists(file)) {
            throw CommandFailure.usage("there is no " + file + "\nName the configuration directory with --conf.");
        }
        return file;
    }

    /** Problems with files as they are seen from here, so that an editor or terminal finds them. */
    List<Problem> fromHere(List<Problem> problems) {
        return problems.stream()
                .map(problem -> new Problem(
                        problem.severity(),
                        fromHere(problem.location()),
                        problem.element(),
                        problem.message(),
                        problem.remedy()))
                .toList();
    }

    private Location fromHere(Location location) {
        return new Location(
                directory.resolve(location.file()).normalize().toString(), location.line(), location.column());
    }
}
