package org.mailflow.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.mailflow.core.config.Configuration;
import org.mailflow.core.config.Location;
import org.mailflow.core.config.MailflowXml;
import org.mailflow.core.config.Problem;
import org.mailflow.core.directory.DirectorySources;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.secret.ServerSecret;
import org.mailflow.core.secret.SigningKey;

/** A {@code mailflow.xml} that is asked where no server runs on it. */
final class MailflowFile {

    private final Path file;
    private final Clock clock;

    MailflowFile(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /**
     * Reads it as a server would, but for sources of recipients that are no files.
     *
     * @param data where the server's secret is sought
     * @param asides is shown the errors
     * @return empty where no server would run on it
     */
    Optional<Mailflow> read(DataOption data, Screen asides) {
        SigningKey signingKey = ServerSecret.read(data.directory()).orElseGet(SigningKey::random);
        Configuration read = new MailflowXml(file, System.getenv(), clock, DirectorySources.offline(), signingKey)
                .readForQuestions(clock.millis());
        List<Problem> errors = read.errors().stream().map(this::fromHere).toList();
        if (read.mailflow().isEmpty()) {
            new ProblemsView(asides).show(errors);
        } else {
            new ProblemsView(asides).showAsUnavailable(errors);
        }
        return read.mailflow();
    }

    /** The same, which must be there. */
    static MailflowFile existing(Path file, Clock clock) throws CommandFailure {
        if (!Files.isRegularFile(file)) {
            throw CommandFailure.usage("there is no file " + file);
        }
        return new MailflowFile(file, clock);
    }

    private Problem fromHere(Problem problem) {
        Location place = problem.location();
        return new Problem(
                problem.severity(),
                new Location(file.resolveSibling(place.file()).normalize().toString(), place.line(), place.column()),
                problem.element(),
                problem.message(),
                problem.remedy());
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
