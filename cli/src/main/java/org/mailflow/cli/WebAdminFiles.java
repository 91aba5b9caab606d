package org.mailflow.cli;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.mailflow.core.config.environment.EnvironmentFile;
import org.mailflow.core.config.xml.EnvironmentVariables;

/** What the server's own files tell of its WebAdmin. */
final class WebAdminFiles {

    private static final String DEFAULT_HOST = "127.0.0.1";
    private static final String DEFAULT_PORT = "8080";
    private static final String ELSE = "\nName the running server with --url.";

    private final Path file;
    private final Path tokenFile;
    private final Properties properties;
    private final EnvironmentVariables variables;

    private WebAdminFiles(Path file, Path tokenFile, Properties properties, EnvironmentVariables variables) {
        this.file = file;
        this.tokenFile = tokenFile;
        this.properties = properties;
        this.variables = variables;
    }

    static WebAdminFiles read(Path configuration, Path data) throws CommandFailure {
        Path file = configuration.resolve("webadmin.properties");
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw CommandFailure.usage("cannot read " + file + ": " + e);
            }
        }
        EnvironmentVariables variables =
                new EnvironmentVariables(EnvironmentFile.variables(configuration, System.getenv()));
        return new WebAdminFiles(file, data.resolve("webadmin.token"), properties, variables);
    }

    URI url() throws CommandFailure {
        if (!Files.exists(file)) {
            throw CommandFailure.unreachable("there is no " + file + ", so no running server is known" + ELSE);
        }
        if (!get("enabled", "false").equalsIgnoreCase("true")) {
            throw CommandFailure.unreachable("WebAdmin is not enabled in " + file + ELSE);
        }
        String port = get("port", DEFAULT_PORT);
        if (port.equals("0")) {
            throw CommandFailure.unreachable(file + " has port=0: the server took any free port" + ELSE);
        }
        String host = get("host", DEFAULT_HOST);
        try {
            return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("host or port in " + file + " make no sense: " + e.getMessage());
        }
    }

    String token() throws CommandFailure {
        String configured = get("token", "");
        if (!configured.isEmpty()) {
            return configured;
        }
        try {
            return Files.readString(tokenFile, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw CommandFailure.unreachable("cannot read the server's token in " + tokenFile + ": "
                    + e.getClass().getSimpleName()
                    + "\nName the server's data directory with --data, be a user who may read it, or give --token.");
        }
    }

    private String get(String name, String otherwise) throws CommandFailure {
        try {
            return variables.replaceIn(properties.getProperty(name, otherwise).strip());
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(name + " in " + file + ": " + e.getMessage());
        }
    }
}
