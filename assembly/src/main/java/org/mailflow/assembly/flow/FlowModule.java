package org.mailflow.assembly.flow;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import java.time.Clock;
import java.util.Map;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.webadmin.Routes;
import org.mailflow.assembly.ServerDirectories;
import org.mailflow.assembly.SnapshotDomainList;
import org.mailflow.core.config.InvalidConfigurationException;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.config.MailflowXml;
import org.mailflow.core.event.MailEvents;
import org.mailflow.core.event.MailLog;
import org.mailflow.webadmin.ConfigurationRoutes;
import org.mailflow.webadmin.ExplainRoutes;

/** The snapshot that runs, where events go, and James' view of both. */
public final class FlowModule extends AbstractModule {

    private final LiveMailflow live;
    private final MailLog log;

    private FlowModule(LiveMailflow live, MailLog log) {
        this.live = live;
        this.log = log;
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
        MailflowXml file = new MailflowXml(directories.configuration().resolve("mailflow.xml"), environment, clock);
        return new FlowModule(
                new LiveMailflow(file::read, clock), new MailLog(directories.data().resolve("mail.log")));
    }

    @Override
    protected void configure() {
        bind(LiveMailflow.class).toInstance(live);
        bind(MailLog.class).toInstance(log);
        bind(MailEvents.class).toInstance(log);
        bind(DomainList.class).toInstance(new SnapshotDomainList(live::current));
        Multibinder<Routes> routes = Multibinder.newSetBinder(binder(), Routes.class);
        routes.addBinding().to(ExplainRoutes.class);
        routes.addBinding().to(ConfigurationRoutes.class);
    }
}
