package org.mailflow.benchmarks.relay;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A program that runs beside this one, and ends with it at the latest. */
final class JavaProcess implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(5);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long STOP_SECONDS = 60;

    private final Process process;
    private final Path output;
    private final Thread lastResort;

    private JavaProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
        this.lastResort = new Thread(this::kill, "kill");
        Runtime.getRuntime().addShutdownHook(lastResort);
    }

    /**
     * Starts it.
     *
     * @param environment beside that of this process
     * @param output a file for what it prints
     */
    static JavaProcess launch(List<String> command, Path directory, Map<String, String> environment, Path output)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return new JavaProcess(builder.start(), output);
    }

    /** The java that runs this program. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /**
     * Waits until it serves.
     *
     * @throws IOException where it ends before, or takes too long; with what it printed
     */
    void awaitStart(BooleanSupplier started) throws IOException {
        long end = System.nanoTime() + START.toNanos();
        while (!started.getAsBoolean()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IOException("it does not start: " + output());
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** What it printed so far. */
    String output() throws IOException {
        return Files.readString(output, StandardCharsets.ISO_8859_1);
    }

    ProcessTree tree() {
        return new ProcessTree(process.pid());
    }

    /** Ends it as an administrator would, and by force where it does not end. */
    @Override
    public void close() {
        // A tracer passes no signal on, and ends when what it traces does.
        process.descendants().findFirst().orElse(process.toHandle()).destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().removeShutdownHook(lastResort);
    }

    private void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
