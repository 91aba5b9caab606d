package org.mailflow.assembly;

import java.util.UUID;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.server.core.configuration.ConfigurationProvider;
import org.apache.james.util.LoggingLevel;

/**
 * Switches James' management beans off in every configuration that James reads.
 *
 * <p>Their names are the same for each server of a process, and James fails to start where a name is taken. Nobody can ask
 * for them anyway: there is no JMX connector. The IMAP server cannot do without a bean; it gets a name of its own.
 */
final class QuietConfiguration implements ConfigurationProvider {
    private static final String NO_BEANS = "[@enableJmx]";

    private final ConfigurationProvider files;
    private final String uniqueSuffix = UUID.randomUUID().toString();

    QuietConfiguration(ConfigurationProvider files) {
        this.files = files;
    }

    @Override
    public HierarchicalConfiguration<ImmutableNode> getConfiguration(String component, LoggingLevel level)
            throws ConfigurationException {
        HierarchicalConfiguration<ImmutableNode> read = files.getConfiguration(component, level);
        switch (component) {
            case "mailetcontainer" -> silence(read, "processors");
            case "smtpserver" -> silence(read, "smtpserver.handlerchain");
            case "imapserver" ->
                read.configurationsAt("imapserver", true)
                        .forEach(server -> server.setProperty("jmxName", "imapserver-" + uniqueSuffix));
            default -> {
                // No other component of this assembly registers a bean.
            }
        }
        return read;
    }

    private static void silence(HierarchicalConfiguration<ImmutableNode> read, String path) {
        read.configurationsAt(path, true).forEach(part -> part.setProperty(NO_BEANS, false));
    }
}
