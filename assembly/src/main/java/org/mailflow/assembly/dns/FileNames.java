package org.mailflow.assembly.dns;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.server.core.configuration.FileConfigurationProvider;
import org.apache.james.util.LoggingLevel;
import org.mailflow.assembly.environment.ExpandedConfiguration;
import org.mailflow.assembly.environment.Variables;
import org.mailflow.core.config.environment.EnvironmentFile;
import org.mailflow.delivery.DnsNames;
import org.mailflow.delivery.Names;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Resolver;

/** Asks the name servers of a dnsservice.xml where no server runs. */
public final class FileNames {

    private static final String DNS_SERVICE = "dnsservice";

    private FileNames() {}

    /**
     * Names by the file of a configuration directory; by the operating system's servers where it names none, or is not there.
     *
     * @param environment the variables that it may name, beside those of {@code mailflow.env}
     * @throws IOException where it cannot be read
     */
    public static Names of(Path configuration, Map<String, String> environment) throws IOException {
        List<Resolver> resolvers = resolvers(configuration, environment);
        return new DnsNames(resolvers.isEmpty() ? new ExtendedResolver() : new ExtendedResolver(resolvers));
    }

    private static List<Resolver> resolvers(Path configuration, Map<String, String> environment) throws IOException {
        Path file = configuration.resolve(DNS_SERVICE + ".xml");
        if (Files.notExists(file)) {
            return List.of();
        }
        Variables variables = new Variables(EnvironmentFile.variables(configuration, environment));
        try (InputStream in = Files.newInputStream(file)) {
            return DnsClient.resolvers(
                    new ExpandedConfiguration((component, level) -> FileConfigurationProvider.getConfig(in), variables)
                            .getConfiguration(DNS_SERVICE, LoggingLevel.INFO));
        } catch (ConfigurationException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }
}
