package org.mailflow.assembly;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Scopes;
import com.google.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.james.domainlist.api.DomainList;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.config.InvalidConfigurationException;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.config.MailflowXml;
import org.mailflow.core.event.MailEvents;
import org.mailflow.core.event.MailLog;
import org.mailflow.delivery.QueueLedger;

/** Mail flow: the configuration that runs, the log of what it did, and what the deliveries remember. */
final class FlowModule extends AbstractModule {
    private final ServerDirectories directories;
    private final Map<String, String> environment;

    FlowModule(ServerDirectories directories, Map<String, String> environment) {
        this.directories = directories;
        this.environment = Map.copyOf(environment);
    }

    @Override
    protected void configure() {
        bind(DomainList.class).to(SnapshotDomainList.class).in(Scopes.SINGLETON);
    }

    @Provides
    @Singleton
    LiveMailflow mailflow(Clock clock) throws InvalidConfigurationException {
        Path file = directories.configuration().resolve("mailflow.xml");
        return new LiveMailflow(new MailflowXml(file, environment, clock)::read, clock);
    }

    @Provides
    @Singleton
    SnapshotDomainList domains(LiveMailflow live) {
        return new SnapshotDomainList(() -> domains(live.current().acceptedDomainNames()));
    }

    private static Set<String> domains(java.util.stream.Stream<DomainName> names) {
        return names.map(DomainName::value).collect(Collectors.toSet());
    }

    @Provides
    @Singleton
    MailEvents events() {
        return new MailLog(directories.data().resolve("mail.log"));
    }

    @Provides
    @Singleton
    QueueLedger ledger() throws IOException {
        return QueueLedger.in(directories.data().resolve("queues"));
    }
}
