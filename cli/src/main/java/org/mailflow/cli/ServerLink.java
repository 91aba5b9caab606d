package org.mailflow.cli;

import picocli.CommandLine.Mixin;

/** The options of every command that asks a running server. */
final class ServerLink {

    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @Mixin
    private DataOption data = new DataOption();

    @Mixin
    private ServerOptions server = new ServerOptions();

    RunningServer find() throws CommandFailure {
        return server.find(configuration.directory(), data.directory());
    }
}
