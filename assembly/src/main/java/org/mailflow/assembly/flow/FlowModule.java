package org.mailflow.assembly.flow;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import java.io.IOException;
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
import org.mailflow.core.event.MailEvents;
import org.mailflow.core.event.MailLog;
import org.mailflow.core.storage.DirectoryStorage;
import org.mailflow.core.storage.Storage;
import org.mailflow.delivery.QueueLedger;
import org.mailflow.directory.OpenDirectories;
import org.mailflow.directory.RecipientDirectoriesHealthCheck;
import org.mailflow.webadmin.ConfigurationRoutes;
import org.mailflow.webadmin.DirectoryRoutes;
import org.mailflow.webadmin.ExplainRoutes;

/** The snapshot that runs, where events go, what the deliveries remember, and James' view of it all. */
public final class FlowModule extends AbstractModule {

    private final ServerDirectories directories;
    private final LiveMailflow live;
    private final OpenDirectories sources;

    private FlowModule(ServerDirectories directories, LiveMailflow live, OpenDirectories sources) {
        this.directories = directories;
        this.live = live;
        this.sources = sources;
    }

    /**
     * Reads {@code mailflow.xml} of a configuration directory, before anything else of a server is begun.
     *
     * @param environment the variables that the file may name
     * @throws InvalidConfigurationException where it has an error
     */
    public static FlowModule load(ServerDirectories directories, Map<String, String> environment)
            throws InvalidConfigurationException {
        Clock clock = Clock.systemUTC();
        OpenDirectories sources = new OpenDirectories();
        MailflowXml file =
                new MailflowXml(directories.configuration().resolve("mailflow.xml"), environment, clock, sources);
        LiveMailflow live = new LiveMailflow(file::read, clock);
        live.onReload(next -> sources.retain(live.kept()));
        return new FlowModule(directories, live, sources);
    }

    @Override
    protected void configure() {
        bind(LiveMailflow.class).toInstance(live);
        bind(OpenDirectories.class).toInstance(sources);
        bind(DirectoryLifecycle.class).asEagerSingleton();
        sources.connect(
                getProvider(UsersRepository.class),
                getProvider(RecipientRewriteTable.class),
                getProvider(MetricFactory.class));
        Multibinder.newSetBinder(binder(), HealthCheck.class).addBinding().to(RecipientDirectoriesHealthCheck.class);
        bind(MailEvents.class).toInstance(new MailLog(directories.data().resolve("mail.log")));
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
    QueueLedger ledger() throws IOException {
        return QueueLedger.in(directories.data().resolve("queues"));
    }
}
