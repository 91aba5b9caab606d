package org.mailflow.core.config;

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
import org.mailflow.core.config.settings.OrganizationElements;
import org.mailflow.core.config.xml.ElementParser;
import org.mailflow.core.config.xml.EnvironmentVariables;
import org.mailflow.core.config.xml.SourceText;
import org.mailflow.core.directory.DirectorySources;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.secret.SigningKey;

/**
 * Reads {@code mailflow.xml} and the files that it names, whole, with the variables of {@code mailflow.env} beside it: the
 * outcome is a snapshot, or every error at once, each with its place and its remedy. Nothing is kept between two readings.
 */
public final class MailflowXml {

    private final Path file;
    private final Map<String, String> environment;
    private final Clock clock;
    private final DirectorySources sources;
    private final SigningKey signingKey;

    /**
     * A configuration.
     *
     * @param file {@code mailflow.xml}; the files that it names are sought from its folder
     * @param environment the variables that it may name as <code>${env:NAME}</code>; they go before those of
     *     {@link EnvironmentFile}
     * @param clock for what expires
     * @param sources opens the sources of recipients that are no files
     * @param signingKey by which the server knows again what it wrote into a mail, where the file names no secretFile
     */
    public MailflowXml(
            Path file, Map<String, String> environment, Clock clock, DirectorySources sources, SigningKey signingKey) {
        this.file = file;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
        this.sources = sources;
        this.signingKey = signingKey;
    }

    /** A configuration whose server knows what it wrote itself as long as the process lasts. */
    public MailflowXml(Path file, Map<String, String> environment, Clock clock, DirectorySources sources) {
        this(file, environment, clock, sources, SigningKey.random());
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
        Reading reading = new Reading(
                folder,
                new EnvironmentVariables(variables.under(environment)),
                clock.instant(),
                OrganizationElements.ROOT,
                problems);
        Optional<MailflowDraft> draft = SourceText.read(file, reading.nameOf(file), problems)
                .flatMap(source -> ElementParser.parse(source, problems))
                .flatMap(root -> new MailflowReader(reading).read(root));
        draft.ifPresent(Checks::run);
        Optional<Mailflow> mailflow = problems.any(refuses)
                ? Optional.empty()
                : draft.map(read -> read.toMailflow(generation, sources, signingKey, clock));
        return new Configuration(mailflow, problems.inOrder());
    }

    private Path folder() {
        Path folder = file.toAbsolutePath().normalize().getParent();
        return folder == null ? Path.of("/") : folder;
    }
}
