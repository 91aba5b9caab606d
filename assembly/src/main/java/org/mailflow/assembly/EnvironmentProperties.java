package org.mailflow.assembly;

import java.io.FileNotFoundException;
import org.apache.commons.configuration2.Configuration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.server.core.configuration.Configuration.ConfigurationPath;
import org.apache.james.utils.PropertiesProvider;

/** James' properties files, with the variables of one server in them. */
final class EnvironmentProperties extends PropertiesProvider {
    private final EnvironmentVariables variables;

    EnvironmentProperties(FileSystem files, ConfigurationPath prefix, EnvironmentVariables variables) {
        super(files, prefix);
        this.variables = variables;
    }

    @Override
    public Configuration getConfigurations(String... names) throws FileNotFoundException, ConfigurationException {
        return withVariables(super.getConfigurations(names));
    }

    @Override
    public Configuration getConfiguration(String name) throws FileNotFoundException, ConfigurationException {
        return withVariables(super.getConfiguration(name));
    }

    private Configuration withVariables(Configuration read) {
        variables.install(read.getInterpolator());
        return read;
    }
}
