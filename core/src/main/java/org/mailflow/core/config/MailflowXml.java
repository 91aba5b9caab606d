package org.mailflow.core.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.mailflow.core.config.checks.Checks;
import org.mailflow.core.config.environment.EnvironmentFile;
import org.mailflow.core.config.environment.VariableChecks;
import org.mailflow.core.config.reading.MailflowDraft;
import org.mailflow.core.config.reading.MailflowReader;
import org.mailflow.core.config.reading.Reading;
import org.mailflow.core.config.xml.ElementParser;
import org.mailflow.core.config.xml.EnvironmentVariables;
import org.mailflow.core.config.xml.SourceText;
import org.mailflow.core.directory.DirectorySources;
import org.mailflow.core.model.Mailflow;

/**
 * Reads {@code mailflow.xml} and the files that it names, whole, with the variables of {@code mailflow.env} beside it: the
 * outcome is a snapshot, or every error at once, each with its place and its remedy. Nothing is kept between two readings.
 */
public final class MailflowXml {

    private static final long LARGEST = 64L * 1024 * 1024;
    private static final String WHOLE_FILE = "the file";

    private final Path file;
    private final Map<String, String> environment;
    private final Clock clock;
    private final DirectorySources sources;

    /**
     * A configuration.
     *
     * @param file {@code mailflow.xml}; the files that it names are sought from its folder
     * @param environment the variables that it may name as <code>${env:NAME}</code>; they go before those of
     *     {@link EnvironmentFile}
     * @param clock for what expires
     * @param sources opens the sources of recipients that are no files
     */
    public MailflowXml(Path file, Map<String, String> environment, Clock clock, DirectorySources sources) {
        this.file = file;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
        this.sources = sources;
    }

    /** A configuration where no source of recipients is asked but files: the others are unavailable. */
    public MailflowXml(Path file, Map<String, String> environment, Clock clock) {
        this(file, environment, clock, DirectorySources.offline());
    }

    /** Reads a file with the variables of this process; sources of recipients that are no files are not asked. */
    public static Configuration read(Path file, long generation) {
        return new MailflowXml(file, System.getenv(), Clock.systemUTC()).read(generation);
    }

    /** Reads the file as it is now, and gives the snapshot this generation. */
    public Configuration read(long generation) {
        return read(generation, Problem::isError);
    }

    /**
     * Reads the file to answer questions, where it is not to run: of an organization whose recipients cannot be read, the
     * snapshot's directory is unavailable; certificates that cannot be read are missing. The problems tell of both.
     */
    public Configuration readForQuestions(long generation) {
        return read(generation, problem -> problem.isError() && !problem.isUnavailable());
    }

    private Configuration read(long generation, Predicate<Problem> refuses) {
        Problems problems = new Problems();
        Path folder = folder();
        EnvironmentFile variables = EnvironmentFile.in(folder, problems);
        VariableChecks.run(variables, folder, problems);
        Reading reading =
                new Reading(folder, new EnvironmentVariables(variables.under(environment)), clock.instant(), problems);
        Optional<MailflowDraft> draft = text(reading)
                .flatMap(source -> ElementParser.parse(source, problems))
                .flatMap(root -> new MailflowReader(reading).read(root));
        draft.ifPresent(Checks::run);
        Optional<Mailflow> mailflow =
                problems.any(refuses) ? Optional.empty() : draft.map(read -> read.toMailflow(generation, sources));
        return new Configuration(mailflow, problems.inOrder());
    }

    private Path folder() {
        Path folder = file.toAbsolutePath().normalize().getParent();
        return folder == null ? Path.of("/") : folder;
    }

    private Optional<SourceText> text(Reading reading) {
        String name = reading.nameOf(file);
        try {
            long size = Files.size(file);
            if (size > LARGEST) {
                return unreadable(
                        reading, name, "has " + size + " bytes", "A configuration has at most " + LARGEST + " bytes");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            return Optional.of(new SourceText(name, text));
        } catch (NoSuchFileException e) {
            return unreadable(reading, name, "does not exist", "Create it: " + file.toAbsolutePath());
        } catch (CharacterCodingException e) {
            return unreadable(reading, name, "is not in UTF-8", "Save it as UTF-8");
        } catch (IOException e) {
            return unreadable(reading, name, "cannot be read: " + e.getMessage(), "Let the user of the server read it");
        }
    }

    private static Optional<SourceText> unreadable(Reading reading, String name, String message, String remedy) {
        reading.problems().error(new Location(name, 1, 1), WHOLE_FILE, message, remedy);
        return Optional.empty();
    }
}
