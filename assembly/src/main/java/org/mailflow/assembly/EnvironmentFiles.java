package org.mailflow.assembly;

import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.server.core.configuration.ConfigurationProvider;
import org.apache.james.server.core.configuration.FileConfigurationProvider;
import org.apache.james.util.LoggingLevel;

/** James' XML files, with the variables of one server in them. */
final class EnvironmentFiles implements ConfigurationProvider {
    private final FileConfigurationProvider files;
    private final EnvironmentVariables variables;

    EnvironmentFiles(FileConfigurationProvider files, EnvironmentVariables variables) {
        this.files = files;
        this.variables = variables;
    }

    @Override
    public HierarchicalConfiguration<ImmutableNode> getConfiguration(String component, LoggingLevel level)
            throws ConfigurationException {
        HierarchicalConfiguration<ImmutableNode> read = files.getConfiguration(component, level);
        if (!read.isEmpty()) {
            variables.install(read.getInterpolator());
        }
        return read;
    }
}
