package org.mailflow.assembly.flow;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import com.google.common.collect.Maps;
import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.rrt.api.RecipientRewriteTable;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.webadmin.Routes;
import org.mailflow.assembly.ServerDirectories;
import org.mailflow.assembly.SnapshotDomainList;
import org.mailflow.core.config.InvalidConfigurationException;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.config.MailflowXml;
import org.mailflow.core.config.SessionMailflow;
import org.mailflow.core.container.JamesFiles;
import org.mailflow.core.container.ServerConfiguration;
import org.mailflow.core.container.ServerKind;
import org.mailflow.core.event.MailEvents;
import org.mailflow.core.event.MailLog;
import org.mailflow.core.event.WatchedEvents;
import org.mailflow.core.operation.DeliveryMeter;
import org.mailflow.core.operation.MailFigures;
import org.mailflow.core.secret.ServerSecret;
import org.mailflow.core.secret.SigningKey;
import org.mailflow.core.storage.DirectoryStorage;
import org.mailflow.core.storage.Storage;
import org.mailflow.delivery.QueueHolds;
import org.mailflow.delivery.QueueLedger;
import org.mailflow.directory.OpenDirectories;
import org.mailflow.directory.RecipientDirectoriesHealthCheck;
import org.mailflow.webadmin.ConfigurationRoutes;
import org.mailflow.webadmin.DirectoryRoutes;
import org.mailflow.webadmin.ExplainRoutes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The snapshot that runs, where events go, what the deliveries remember, and James' view of it all. */
public final class FlowModule extends AbstractModule implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(FlowModule.class);

    private final ServerDirectories directories;
    private final LiveMailflow live;
    private final OpenDirectories sources;
    private final Supplier<SigningKey> secret;

    private FlowModule(
            ServerDirectories directories, LiveMailflow live, OpenDirectories sources, Supplier<SigningKey> secret) {
        this.directories = directories;
        this.live = live;
        this.sources = sources;
        this.secret = secret;
    }

    /**
     * Reads {@code mailflow.xml} and the files of James in a configuration directory, before anything else of a server is
     * begun. Later loads judge {@code mailflow.xml} beside the files that the server started with.
     *
     * @param environment the variables that the files may name
     * @throws InvalidConfigurationException where one of them has an error
     */
    public static FlowModule load(ServerDirectories directories, Map<String, String> environment)
            throws InvalidConfigurationException {
        Clock clock = Clock.systemUTC();
        Supplier<SigningKey> secret = Suppliers.memoize(() -> secret(directories.data()));
        OpenDirectories sources = new OpenDirectories();
        MailflowXml file = new MailflowXml(
                directories.configuration().resolve("mailflow.xml"),
                environment,
                clock,
                sources,
                SigningKey.later(secret));
        try {
            JamesFiles james = JamesFiles.read(
                    directories.configuration(),
                    environment,
                    Maps.fromProperties(System.getProperties()),
                    ServerKind.OUR_SERVER);
            LiveMailflow live = new LiveMailflow(new ServerConfiguration(file, james)::read, clock);
            live.onReload(next -> sources.retain(live.kept()));
            // mailflow.xml may have been in order, and what it names open, when James' files refused it.
            live.onRefusal(() -> sources.retain(live.kept()));
            live.loaded().warnings().forEach(warning -> LOGGER.warn("{}", warning));
            return new FlowModule(directories, live, sources, secret);
        } catch (InvalidConfigurationException | RuntimeException | Error e) {
            sources.close();
            throw e;
        }
    }

    /**
     * The server's secret, which is made where it is missing: to be asked for once the data directory is this server's.
     *
     * @throws IOException where it can be neither read nor made
     */
    public SigningKey readSecret() throws IOException {
        try {
            return secret.get();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static SigningKey secret(Path data) {
        try {
            return ServerSecret.readOrCreate(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends what was begun by reading, where no server came of it. */
    @Override
    public void close() {
        sources.close();
    }

    @Override
    protected void configure() {
        bind(LiveMailflow.class).toInstance(live);
        // Sessions have threads of their own here, which may wait for a directory.
        bind(SessionMailflow.class).toInstance(live::current);
        bind(OpenDirectories.class).toInstance(sources);
        bind(DirectoryLifecycle.class).asEagerSingleton();
        sources.connect(
                getProvider(UsersRepository.class),
                getProvider(RecipientRewriteTable.class),
                getProvider(MetricFactory.class));
        Multibinder.newSetBinder(binder(), HealthCheck.class).addBinding().to(RecipientDirectoriesHealthCheck.class);
        MailFigures figures = new MailFigures(new MailLog(directories.data().resolve("mail.log")));
        bind(MailFigures.class).toInstance(figures);
        WatchedEvents events = new WatchedEvents(figures);
        bind(WatchedEvents.class).toInstance(events);
        bind(MailEvents.class).toInstance(events);
        bind(DeliveryMeter.class).toInstance(figures);
        bind(Storage.class).toInstance(new DirectoryStorage(directories.data()));
        Multibinder.newSetBinder(binder(), HealthCheck.class).addBinding().to(StorageHealthCheck.class);
        bind(StorageGauge.class).asEagerSingleton();
        bind(DomainList.class).toInstance(new SnapshotDomainList(live::current));
        Multibinder<Routes> routes = Multibinder.newSetBinder(binder(), Routes.class);
        routes.addBinding().to(ExplainRoutes.class);
        routes.addBinding().to(ConfigurationRoutes.class);
        routes.addBinding().to(DirectoryRoutes.class);
    }

    @Provides
    @Singleton
    QueueHolds holds() throws IOException {
        return QueueHolds.in(directories.data().resolve("queues-on-hold"));
    }

    @Provides
    @Singleton
    QueueLedger ledger() throws IOException {
        return QueueLedger.in(directories.data().resolve("queues"));
    }
}
