package org.mailflow.core.config;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.mailflow.core.config.checks.Checks;
import org.mailflow.core.config.reading.MailflowDraft;
import org.mailflow.core.config.reading.MailflowReader;
import org.mailflow.core.config.reading.Reading;
import org.mailflow.core.config.settings.OrganizationElements;
import org.mailflow.core.config.xml.ElementParser;
import org.mailflow.core.config.xml.EnvironmentVariables;
import org.mailflow.core.config.xml.SourceText;
import org.mailflow.core.directory.DirectorySources;
import org.mailflow.core.model.Mailflow;

/**
 * Reads {@code mailflow.xml} and the files that it names, whole: the outcome is a snapshot, or every error at once, each
 * with its place and its remedy. Nothing is kept between two readings.
 */
public final class MailflowXml {

    private final Path file;
    private final Map<String, String> environment;
    private final Clock clock;
    private final DirectorySources sources;

    /**
     * A configuration.
     *
     * @param file {@code mailflow.xml}; the files that it names are sought from its folder
     * @param environment the variables that it may name as <code>${env:NAME}</code>
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
        Path folder = file.toAbsolutePath().normalize().getParent();
        Reading reading = new Reading(
                folder == null ? Path.of("/") : folder,
                new EnvironmentVariables(environment),
                clock.instant(),
                OrganizationElements.ROOT,
                problems);
        Optional<MailflowDraft> draft = SourceText.read(file, reading.nameOf(file), problems)
                .flatMap(source -> ElementParser.parse(source, problems))
                .flatMap(root -> new MailflowReader(reading).read(root));
        draft.ifPresent(Checks::run);
        Optional<Mailflow> mailflow =
                problems.any(refuses) ? Optional.empty() : draft.map(read -> read.toMailflow(generation, sources));
        return new Configuration(mailflow, problems.inOrder());
    }
}
