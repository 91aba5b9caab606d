package org.mailflow.extension;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.event.MailLog;

/** A stock James memory-app in a process of its own, with the extension jar and a configuration as its only additions. */
final class StockJames implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String STARTED = "JAMES server started";

    private final Path directory;
    private final Process process;

    private StockJames(Path directory, Process process) {
        this.directory = directory;
        this.process = process;
    }

    /**
     * Starts a server.
     *
     * @param directory its working directory, with {@code conf} and {@code extensions-jars}
     * @param environment beside that of this process
     * @param options of the JVM
     */
    static StockJames launch(Path directory, Map<String, String> environment, List<String> options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.add("-Dworking.directory=" + directory);
        command.add("-Dlogback.configurationFile=" + directory.resolve("conf/logback.xml"));
        command.add("-cp");
        command.add(StockJars.ofJames().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        command.add("org.apache.james.MemoryJamesServerMain");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("james.log").toFile());
        builder.environment().putAll(environment);
        builder.environment().put("MAILFLOW_LOG_LEVEL", "INFO");
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new StockJames(directory, process);
    }

    /** Waits until it serves. */
    StockJames awaitStart() {
        Awaitility.await("start of " + directory)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .failFast(this::requireLife)
                .until(() -> log().contains(STARTED));
        return this;
    }

    private void requireLife() {
        if (!process.isAlive()) {
            throw new IllegalStateException("James ended:\n" + log());
        }
    }

    /** Waits until it has ended by itself. */
    int awaitExit() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("James still runs:\n" + log());
        }
        return process.exitValue();
    }

    /** What it wrote to its standard output. */
    String log() {
        try {
            return Files.readString(directory.resolve("james.log"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its mail events so far. */
    List<MailEvent> events() {
        List<MailEvent> events = new ArrayList<>();
        Path log = directory.resolve("var/log/mail.log");
        try {
            if (Files.exists(log)) {
                MailLog.read(log, events::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return events;
    }

    /** Waits for an event of a type that a recipient is named in. */
    MailEvent awaitEvent(MailEvent.Type type, String recipient) {
        return Awaitility.await(type + " of " + recipient)
                .atMost(Duration.ofMinutes(1))
                .until(
                        () -> events().stream()
                                .filter(event -> event.type() == type)
                                .filter(event -> event.recipients().contains(recipient))
                                .toList(),
                        found -> !found.isEmpty())
                .get(0);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (process.waitFor(30, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
