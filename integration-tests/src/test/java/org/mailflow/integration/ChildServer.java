package org.mailflow.integration;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.mailflow.assembly.Main;

/** A whole server in a process of its own, that can be killed. */
final class ChildServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Process process;
    private final Path ports;
    private final Path output;

    private ChildServer(Process process, Path ports, Path output) {
        this.process = process;
        this.ports = ports;
        this.output = output;
    }

    /**
     * Starts it, and does not wait.
     *
     * @param program what runs Java; empty for nothing between
     * @param output where what it prints is appended
     */
    static ChildServer launch(
            List<String> program, Path configuration, Path data, Map<String, String> environment, Path output)
            throws IOException {
        Path ports = data.resolve("ports.properties");
        Files.deleteIfExists(ports);
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                // It does not live long enough for more.
                "-XX:TieredStopAtLevel=1",
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
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().putAll(environment);
        return new ChildServer(builder.start(), ports, output);
    }

    /**
     * Waits until it takes mail.
     *
     * @throws IllegalStateException where it ends before
     */
    ChildServer awaitStart() throws IOException {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> Files.exists(ports) || !process.isAlive());
        if (Files.notExists(ports)) {
            throw new IllegalStateException("the server ended with " + process.exitValue() + ": " + output());
        }
        return this;
    }

    /** The port for mail from other servers. */
    int port() throws IOException {
        Properties read = new Properties();
        try (Reader reader = Files.newBufferedReader(ports)) {
            read.load(reader);
        }
        return Integer.parseInt(read.getProperty("smtp").split(",", -1)[0]);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The exit status, once it has ended by itself. */
    int awaitEnd() {
        await().atMost(PATIENCE).until(() -> !process.isAlive());
        return process.exitValue();
    }

    /** SIGKILL. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }

    /** SIGTERM, to the server itself where another program runs it: that one ends when the server does. */
    void stop() {
        process.descendants().findFirst().orElse(process.toHandle()).destroy();
        process.onExit().join();
    }

    /** Everything that it and its predecessors printed. */
    String output() throws IOException {
        return Files.readString(output);
    }

    @Override
    public void close() {
        kill();
    }
}
