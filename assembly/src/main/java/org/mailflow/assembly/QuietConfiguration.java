package org.mailflow.assembly;

import java.util.UUID;
import java.util.function.IntFunction;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.server.core.configuration.ConfigurationProvider;
import org.apache.james.util.LoggingLevel;

/**
 * Keeps what servers of one process would share out of every configuration that James reads: management beans, and
 * dnsjava's defaults.
 *
 * <p>The beans' names are the same in each server, and James fails to start where a name is taken. Nobody can ask
 * for them anyway: there is no JMX connector. The IMAP server cannot do without a bean; it gets a name of its own.
 */
final class QuietConfiguration implements ConfigurationProvider {
    private static final String NO_BEANS = "[@enableJmx]";
    private static final String DNS_DEFAULT = "setAsDNSJavaDefault";

    private final ConfigurationProvider files;
    private final String uniqueSuffix = UUID.randomUUID().toString();

    QuietConfiguration(ConfigurationProvider files) {
        this.files = files;
    }

    @Override
    public HierarchicalConfiguration<ImmutableNode> getConfiguration(String component, LoggingLevel level)
            throws ConfigurationException {
        HierarchicalConfiguration<ImmutableNode> read = ownCopy(files.getConfiguration(component, level));
        switch (component) {
            case "mailetcontainer" -> {
                setEach(read, "processors", NO_BEANS, i -> false);
                setEach(read, "processors.processor", NO_BEANS, i -> false);
            }
            case "smtpserver" -> setEach(read, "smtpserver", ".handlerchain" + NO_BEANS, i -> false);
            case "imapserver" -> setEach(read, "imapserver", ".jmxName", i -> "imapserver-" + i + "-" + uniqueSuffix);
            case "dnsservice" -> quietDefault(read);
            default -> {
                // No other component of this assembly registers a bean.
            }
        }
        return read;
    }

    /** Replaces the empty configuration, of which James has one for the whole process. */
    private static HierarchicalConfiguration<ImmutableNode> ownCopy(HierarchicalConfiguration<ImmutableNode> read) {
        return read.isEmpty() ? new BaseHierarchicalConfiguration() : read;
    }

    /** Keeps the servers and the cache of this server's DNS out of dnsjava's process-wide defaults. */
    private static void quietDefault(HierarchicalConfiguration<ImmutableNode> dns) {
        if (!dns.containsKey(DNS_DEFAULT)) {
            dns.setProperty(DNS_DEFAULT, false);
        }
    }

    /** One by one: of several parts that are looked up at once, James' library changes only the first. */
    private static void setEach(
            HierarchicalConfiguration<ImmutableNode> read, String list, String property, IntFunction<Object> value) {
        int count = read.configurationsAt(list).size();
        for (int i = 0; i < count; i++) {
            read.setProperty(list + "(" + i + ")" + property, value.apply(i));
        }
    }
}
