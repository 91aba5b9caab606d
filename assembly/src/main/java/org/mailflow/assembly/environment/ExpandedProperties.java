package org.mailflow.assembly.environment;

import java.io.FileNotFoundException;
import org.apache.commons.configuration2.Configuration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.server.core.configuration.Configuration.ConfigurationPath;
import org.apache.james.utils.PropertiesProvider;

/** James' property files with the variables of one server put in; James asks for them by class, so this one extends it. */
public final class ExpandedProperties extends PropertiesProvider {

    private final Variables variables;

    /** Reads and expands the files of a configuration directory. */
    public ExpandedProperties(FileSystem files, ConfigurationPath folder, Variables variables) {
        super(files, folder);
        this.variables = variables;
    }

    @Override
    public Configuration getConfigurations(String... names) throws FileNotFoundException, ConfigurationException {
        return expanded(super.getConfigurations(names));
    }

    @Override
    public Configuration getConfiguration(String name) throws FileNotFoundException, ConfigurationException {
        return expanded(super.getConfiguration(name));
    }

    private Configuration expanded(Configuration read) {
        read.getInterpolator().registerLookup(Variables.PREFIX, variables);
        return read;
    }
}
