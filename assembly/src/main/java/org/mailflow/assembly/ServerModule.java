package org.mailflow.assembly;

import com.google.inject.AbstractModule;
import com.google.inject.util.Modules;
import java.time.Instant;
import java.util.Map;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.modules.CommonServicesModule;
import org.apache.james.modules.MailboxModule;
import org.apache.james.modules.MailetProcessingModule;
import org.apache.james.modules.protocols.IMAPServerModule;
import org.apache.james.modules.server.DefaultProcessorsConfigurationProviderModule;
import org.apache.james.modules.server.RawPostDequeueDecoratorModule;
import org.apache.james.server.core.configuration.ConfigurationProvider;
import org.apache.james.server.core.configuration.FileConfigurationProvider;
import org.apache.james.server.core.filesystem.FileSystemImpl;
import org.apache.james.utils.PropertiesProvider;
import org.mailflow.assembly.database.DatabaseModule;
import org.mailflow.assembly.dns.DnsModule;
import org.mailflow.assembly.environment.ExpandedConfiguration;
import org.mailflow.assembly.environment.ExpandedProperties;
import org.mailflow.assembly.environment.Variables;
import org.mailflow.assembly.operation.OperationModule;
import org.mailflow.assembly.queue.QueueModule;
import org.mailflow.assembly.smtp.SmtpModule;
import org.mailflow.assembly.webadmin.WebAdminModule;

/** All parts of a server. What is not here is not in the process: no JMX, no JMAP, no POP3, no LMTP. */
final class ServerModule extends AbstractModule {
    private final ServerDirectories directories;
    private final Variables variables;

    ServerModule(ServerDirectories directories, Map<String, String> environment) {
        this.directories = directories;
        this.variables = new Variables(environment);
    }

    @Override
    protected void configure() {
        ServerConfiguration configuration = new ServerConfiguration(directories.asJamesDirectories());
        FileSystem files = new FileSystemImpl(configuration.directories());
        ConfigurationProvider xml = new QuietConfiguration(
                new ExpandedConfiguration(new FileConfigurationProvider(files, configuration), variables));
        PropertiesProvider properties = new ExpandedProperties(files, configuration.configurationPath(), variables);
        install(Modules.override(new CommonServicesModule(configuration)).with(binder -> {
            binder.bind(ConfigurationProvider.class).toInstance(xml);
            binder.bind(PropertiesProvider.class).toInstance(properties);
            binder.install(new DnsModule());
        }));

        install(new QueueModule(directories.data().resolve("queue")));
        install(new DatabaseModule(directories.data().resolve("database")));
        install(new OperationModule(directories.data(), Instant.now()));
        install(new SmtpModule());
        install(new WebAdminModule(directories.data().resolve("webadmin.token")));
        install(new IMAPServerModule());
        install(new MailboxModule());
        install(new MailetProcessingModule());
        install(new DefaultProcessorsConfigurationProviderModule());
        install(new RawPostDequeueDecoratorModule());
        install(new TaskModule());
    }
}
