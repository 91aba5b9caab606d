package org.mailflow.assembly;

import java.nio.file.Path;
import org.apache.james.filesystem.api.JamesDirectoriesProvider;

/**
 * Where a server reads its configuration and where it keeps everything that it must find again after a restart.
 *
 * <p>James' {@code file://conf/…} means the configuration directory, {@code file://var/…} and {@code file://…} the data
 * directory, and {@code file:///…} an absolute path. Nothing is taken from system properties, so several servers can run in
 * one process.
 *
 * @param configuration the directory with {@code smtpserver.xml}, {@code mailetcontainer.xml} and their like; only read
 * @param data the directory of queue, database and generated secrets; created where it is missing
 */
public record ServerDirectories(Path configuration, Path data) {

    /** Makes both paths absolute, so that a later change of the working directory cannot move the data. */
    public ServerDirectories {
        configuration = configuration.toAbsolutePath().normalize();
        data = data.toAbsolutePath().normalize();
    }

    JamesDirectoriesProvider asJamesDirectories() {
        return new JamesDirectories(configuration, data);
    }

    private record JamesDirectories(Path configuration, Path data) implements JamesDirectoriesProvider {
        @Override
        public String getAbsoluteDirectory() {
            return "/";
        }

        @Override
        public String getConfDirectory() {
            return configuration + "/";
        }

        @Override
        public String getVarDirectory() {
            return data + "/";
        }

        @Override
        public String getRootDirectory() {
            return data.toString();
        }
    }
}
