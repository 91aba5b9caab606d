package org.mailflow.integration;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.mailflow.assembly.Main;

/** {@code mailflow run} as a process of its own, which knows signals. */
final class ServerProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Process process;
    private final Path log;
    private final Path ports;

    private ServerProcess(Process process, Path log, Path ports) {
        this.process = process;
        this.log = log;
        this.ports = ports;
    }

    /** Starts it, and returns when it takes mail. */
    static ServerProcess start(Path configuration, Path data, Environment environment)
            throws IOException, InterruptedException {
        Path log = data.resolveSibling("server.log");
        Path ports = data.resolve("ports.properties");
        Files.deleteIfExists(ports);
        List<String> command = new ArrayList<>(hearsHangups());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                "--conf",
                configuration.toString(),
                "--data",
                data.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Map<String, String> variables = builder.environment();
        variables.keySet().removeIf(name -> name.startsWith("MAILFLOW_"));
        variables.putAll(environment.variables());
        ServerProcess server = new ServerProcess(builder.start(), log, ports);
        await().atMost(PATIENCE).until(() -> Files.exists(ports) || !server.process.isAlive());
        if (!server.process.isAlive()) {
            throw new IOException("the server did not start: " + server.log());
        }
        return server;
    }

    /** Whoever was started by nohup ignores SIGHUP, and so does Java below it. What undoes that, where there is such a program. */
    private static List<String> hearsHangups() throws IOException, InterruptedException {
        List<String> undo = List.of("env", "--default-signal=HUP");
        List<String> attempt = new ArrayList<>(undo);
        attempt.add("true");
        return Program.run(attempt).exitCode() == 0 ? undo : List.of();
    }

    /** The port for mail from other servers. */
    int port() throws IOException {
        Properties read = new Properties();
        try (var reader = Files.newBufferedReader(ports)) {
            read.load(reader);
        }
        return Integer.parseInt(read.getProperty("smtp").split(",")[0]);
    }

    /** Sends it a signal: {@code HUP}, {@code TERM}. */
    void signal(String name) throws IOException, InterruptedException {
        Program.run(List.of("kill", "-" + name, Long.toString(process.pid())));
    }

    /** Waits for its end. */
    int awaitEnd() throws IOException, InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException("the server does not end: " + log());
        }
        return process.exitValue();
    }

    /** What it printed. */
    String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
