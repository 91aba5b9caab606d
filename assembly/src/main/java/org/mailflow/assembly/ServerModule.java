package org.mailflow.assembly;

import com.google.inject.AbstractModule;
import com.google.inject.Scopes;
import com.google.inject.util.Modules;
import java.util.Set;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.modules.CommonServicesModule;
import org.apache.james.modules.MailboxModule;
import org.apache.james.modules.MailetProcessingModule;
import org.apache.james.modules.protocols.IMAPServerModule;
import org.apache.james.modules.server.DefaultProcessorsConfigurationProviderModule;
import org.apache.james.modules.server.RawPostDequeueDecoratorModule;
import org.apache.james.modules.server.TaskManagerModule;
import org.apache.james.server.core.configuration.ConfigurationProvider;
import org.apache.james.server.core.configuration.FileConfigurationProvider;
import org.apache.james.server.core.filesystem.FileSystemImpl;
import org.mailflow.assembly.database.DatabaseModule;
import org.mailflow.assembly.queue.QueueModule;
import org.mailflow.assembly.smtp.SmtpModule;
import org.mailflow.assembly.webadmin.WebAdminModule;

/** All parts of a server. What is not here is not in the process: no JMX, no JMAP, no POP3, no LMTP. */
final class ServerModule extends AbstractModule {
    private final ServerDirectories directories;

    ServerModule(ServerDirectories directories) {
        this.directories = directories;
    }

    @Override
    protected void configure() {
        ServerConfiguration configuration = new ServerConfiguration(directories.asJamesDirectories());
        ConfigurationProvider files = new QuietConfiguration(
                new FileConfigurationProvider(new FileSystemImpl(configuration.directories()), configuration));
        install(Modules.override(new CommonServicesModule(configuration))
                .with(binder -> binder.bind(ConfigurationProvider.class).toInstance(files)));

        install(new QueueModule(directories.data().resolve("queue")));
        install(new DatabaseModule(directories.data().resolve("database")));
        install(new SmtpModule());
        install(new WebAdminModule(directories.data().resolve("webadmin.token")));
        install(new IMAPServerModule());
        install(new MailboxModule());
        install(new MailetProcessingModule());
        install(new DefaultProcessorsConfigurationProviderModule());
        install(new RawPostDequeueDecoratorModule());
        install(new TaskManagerModule());

        bind(SnapshotDomainList.class).toInstance(new SnapshotDomainList(Set::of));
        bind(DomainList.class).to(SnapshotDomainList.class).in(Scopes.SINGLETON);
    }
}
