package org.mailflow.assembly;

import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.filesystem.api.JamesDirectoriesProvider;
import org.apache.james.server.core.configuration.Configuration;

/** What James wants to know before it reads its first file. */
record ServerConfiguration(JamesDirectoriesProvider directories) implements Configuration {
    @Override
    public ConfigurationPath configurationPath() {
        return new ConfigurationPath(FileSystem.FILE_PROTOCOL_AND_CONF);
    }
}
