package org.mailflow.cli;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to reach the running server, where its own files do not tell. */
final class ServerOptions {

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "WebAdmin of the running server. Default: what webadmin.properties says.")
    private @Nullable URI url;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            defaultValue = "${env:MAILFLOW_TOKEN}",
            description = "Its token. Default: MAILFLOW_TOKEN, else what webadmin.properties says, else the file"
                    + " webadmin.token in the data directory.")
    private @Nullable String token;

    RunningServer find(Path configuration, Path data) throws CommandFailure {
        WebAdminFiles files = WebAdminFiles.read(configuration, data);
        URI address = url == null ? files.url() : url;
        return RunningServer.at(address, token == null || token.isEmpty() ? files.token() : token);
    }
}
