package org.mailflow.assembly.operation;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.inject.Inject;
import javax.inject.Provider;
import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.core.healthcheck.Result;
import org.mailflow.cli.VersionProvider;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.operation.DiskSpace;
import org.mailflow.core.operation.Health;
import org.mailflow.core.operation.Level;
import org.mailflow.core.operation.MailFigures;
import org.mailflow.core.operation.OperationException;
import org.mailflow.core.operation.QueueOperations;
import org.mailflow.core.operation.RepositoryOperations;
import org.mailflow.core.operation.ServerFacts;
import org.mailflow.core.operation.StatusJudge;
import org.mailflow.core.operation.StatusSource;
import reactor.core.publisher.Mono;

/** Looks at every part of the server. */
final class ServerFactsSource implements StatusSource {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * Where and since when the server runs.
     *
     * @param data its data directory
     * @param startedAt when it was started
     */
    record Place(Path data, Instant startedAt) {}

    private final Place place;
    private final LiveMailflow live;
    private final QueueOperations queues;
    private final RepositoryOperations repositories;
    private final MailFigures figures;
    private final CertificateTerms certificates;
    private final Provider<Set<HealthCheck>> checks;
    private final Clock clock;

    @Inject
    ServerFactsSource(
            Place place,
            LiveMailflow live,
            QueueOperations queues,
            RepositoryOperations repositories,
            MailFigures figures,
            CertificateTerms certificates,
            Provider<Set<HealthCheck>> checks,
            Clock clock) {
        this.place = place;
        this.live = live;
        this.queues = queues;
        this.repositories = repositories;
        this.figures = figures;
        this.certificates = certificates;
        this.checks = checks;
        this.clock = clock;
    }

    @Override
    public ServerFacts facts() throws OperationException {
        LiveMailflow.Loaded loaded = live.loaded();
        return new ServerFacts(
                clock.instant(),
                version(),
                loaded.mailflow().server().fqdn(),
                place.startedAt(),
                loaded.mailflow().generation(),
                loaded.loadedAt(),
                loaded.warnings().size(),
                queues.queues(),
                figures.connectors(),
                figures.sessions(),
                repositories.repositories(),
                certificates.all(),
                health(),
                disk());
    }

    private static String version() throws OperationException {
        try {
            return new VersionProvider().getVersion()[0];
        } catch (IOException e) {
            throw OperationException.failed("the server's version cannot be read", e);
        }
    }

    /** Our own checks judge what is in the facts already. */
    private List<Health> health() {
        return checks.get().stream()
                .filter(check -> !check.componentName().getName().startsWith(StatusJudge.OWN_CHECKS))
                .map(ServerFactsSource::health)
                .sorted(Comparator.comparing(Health::component))
                .toList();
    }

    private static Health health(HealthCheck check) {
        String component = check.componentName().getName();
        try {
            Result result = Mono.from(check.check()).block(PATIENCE);
            if (result == null || result.isHealthy()) {
                return new Health(component, Level.OK, Optional.empty());
            }
            return new Health(component, result.isDegraded() ? Level.WARNING : Level.CRITICAL, result.getCause());
        } catch (RuntimeException e) {
            return new Health(component, Level.CRITICAL, Optional.of("the check itself failed: " + e));
        }
    }

    private DiskSpace disk() throws OperationException {
        // Not by the file store, which is sought in the table of mounts: a changed root has none.
        File data = place.data().toFile();
        long total = data.getTotalSpace();
        if (total == 0) {
            throw OperationException.failed(
                    "the file system of " + data + " cannot be asked", new FileNotFoundException(data.getPath()));
        }
        return new DiskSpace(data.toString(), data.getUsableSpace(), total);
    }
}
