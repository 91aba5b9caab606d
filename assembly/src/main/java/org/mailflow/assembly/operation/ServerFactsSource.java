package org.mailflow.assembly.operation;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.inject.Inject;
import javax.inject.Provider;
import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.core.healthcheck.Result;
import org.mailflow.cli.VersionProvider;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.operation.DiskSpace;
import org.mailflow.core.operation.Finding;
import org.mailflow.core.operation.Health;
import org.mailflow.core.operation.Level;
import org.mailflow.core.operation.MailFigures;
import org.mailflow.core.operation.OperationException;
import org.mailflow.core.operation.RepositoryOperations;
import org.mailflow.core.operation.ServerFacts;
import org.mailflow.core.operation.StatusJudge;
import org.mailflow.core.operation.StatusSource;
import org.mailflow.core.storage.Storage;
import org.mailflow.core.validation.ConnectorOperations;
import org.mailflow.delivery.ConnectorDeliveries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Looks at every part of the server. */
final class ServerFactsSource implements StatusSource {

    private static final Logger LOGGER = LoggerFactory.getLogger(ServerFactsSource.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /**
     * Where and since when the server runs.
     *
     * @param data its data directory
     * @param startedAt when it was started
     */
    record Place(Path data, Instant startedAt) {}

    private final Place place;
    private final LiveMailflow live;
    private final RecentQueues queues;
    private final RepositoryOperations repositories;
    private final MailFigures figures;
    private final ConnectorDeliveries deliveries;
    private final ConnectorOperations connectors;
    private final CertificateTerms certificates;
    private final Storage storage;
    private final Provider<Set<HealthCheck>> checks;
    private final Clock clock;

    @Inject
    ServerFactsSource(
            Place place,
            LiveMailflow live,
            RecentQueues queues,
            RepositoryOperations repositories,
            MailFigures figures,
            ConnectorDeliveries deliveries,
            ConnectorOperations connectors,
            CertificateTerms certificates,
            Storage storage,
            Provider<Set<HealthCheck>> checks,
            Clock clock) {
        this.place = place;
        this.live = live;
        this.queues = queues;
        this.repositories = repositories;
        this.figures = figures;
        this.deliveries = deliveries;
        this.connectors = connectors;
        this.certificates = certificates;
        this.storage = storage;
        this.checks = checks;
        this.clock = clock;
    }

    /** A part of the server, which may be in trouble. */
    private interface Part<T> {
        T look() throws OperationException, IOException;
    }

    @Override
    public ServerFacts facts() {
        List<Finding> troubles = new ArrayList<>();
        LiveMailflow.Loaded loaded = live.loaded();
        RecentQueues.Look look =
                part("the queues", troubles, queues::look, () -> new RecentQueues.Look(List.of(), clock.instant()));
        return new ServerFacts(
                clock.instant(),
                part("the server's version", troubles, ServerFactsSource::version, () -> "unknown"),
                loaded.mailflow().server().fqdn(),
                place.startedAt(),
                loaded.mailflow().generation(),
                loaded.loadedAt(),
                loaded.warnings().size(),
                look.queues(),
                look.at(),
                figures.connectors(),
                deliveries.hosts(),
                connectors.connectors(),
                figures.sessions(),
                part("the repositories", troubles, repositories::repositories, List::of),
                certificates.all(),
                health(),
                part(
                        "the disk",
                        troubles,
                        this::disk,
                        () -> new DiskSpace(place.data().toString(), 0, 0)),
                troubles);
    }

    private static <T> T part(String name, List<Finding> troubles, Part<T> part, Supplier<T> otherwise) {
        try {
            return part.look();
        } catch (OperationException | IOException | RuntimeException e) {
            LOGGER.error("Status: {} cannot be looked at", name, e);
            troubles.add(new Finding(Level.CRITICAL, name + " cannot be looked at: " + e.getMessage()));
            return otherwise.get();
        }
    }

    private static String version() throws IOException {
        return new VersionProvider().getVersion()[0];
    }

    /** Our own checks judge what is in the facts already. */
    private List<Health> health() {
        List<Health> health = Flux.fromIterable(checks.get())
                .filter(check -> !StatusJudge.isJudgedHere(check.componentName().getName()))
                .flatMap(ServerFactsSource::health)
                .collectSortedList(Comparator.comparing(Health::component))
                .block();
        return health == null ? List.of() : health;
    }

    /** All at once, each on a thread of its own, and none for longer than whoever asks would wait. */
    private static Mono<Health> health(HealthCheck check) {
        String component = check.componentName().getName();
        return Mono.defer(() -> Mono.from(check.check()))
                .subscribeOn(Schedulers.boundedElastic())
                .timeout(PATIENCE)
                .map(result -> health(component, result))
                .defaultIfEmpty(new Health(component, Level.OK, Optional.empty()))
                .onErrorResume(e -> Mono.just(new Health(
                        component, Level.CRITICAL, Optional.of("the check itself failed: " + e.getMessage()))));
    }

    private static Health health(String component, Result result) {
        if (result.isHealthy()) {
            return new Health(component, Level.OK, Optional.empty());
        }
        return new Health(component, result.isDegraded() ? Level.WARNING : Level.CRITICAL, result.getCause());
    }

    /** Not by the file store, which a changed root does not have ({@link org.mailflow.core.storage.DirectoryStorage}). */
    private DiskSpace disk() throws IOException {
        return new DiskSpace(
                place.data().toString(), storage.free(), place.data().toFile().getTotalSpace());
    }
}
