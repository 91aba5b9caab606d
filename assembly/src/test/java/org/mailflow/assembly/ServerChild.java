package org.mailflow.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** The server of the tests in a process of its own. */
final class ServerChild {
    private final Path directory;
    private final Process process;

    private ServerChild(Path directory, Process process) {
        this.directory = directory;
        this.process = process;
    }

    /** Starts a server whose configuration is prepared; what it says is in {@code child.log}. */
    static ServerChild start(Path directory) throws IOException {
        Files.deleteIfExists(ports(directory));
        return new ServerChild(
                directory,
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx512m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ChildServer.class.getName(),
                                directory.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(
                                directory.resolve("child.log").toFile()))
                        .start());
    }

    private static Path ports(Path directory) {
        return directory.resolve("data/ports.properties");
    }

    /** Waits until it takes mail. */
    int smtpPort() {
        Path ports = ports(directory);
        await().atMost(PoisonedServer.PATIENCE).until(() -> Files.exists(ports) || !process.isAlive());
        Properties read = new Properties();
        try (var reader = Files.newBufferedReader(ports)) {
            read.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Integer.parseInt(read.getProperty("smtp"));
    }

    /** Ends it as SIGKILL does. */
    void kill() {
        process.destroyForcibly();
    }

    /** Waits until it has ended; with which status. */
    int awaitEnd() throws InterruptedException {
        assertThat(process.waitFor(PoisonedServer.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("the process has ended")
                .isTrue();
        return process.exitValue();
    }
}
