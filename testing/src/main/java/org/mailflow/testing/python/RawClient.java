package org.mailflow.testing.python;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A client for raw bytes: one process of Python, with OpenSSL for TLS, that does many {@link RawSession}s, several at a time. It
 * needs {@code python3} on the PATH. Used by one thread at a time.
 */
public final class RawClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final ObjectMapper json = new ObjectMapper();
    private final ExecutorService reading = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "raw-client");
        thread.setDaemon(true);
        return thread;
    });
    private final Path script;
    private final Process process;
    private final BufferedWriter requests;
    private final BufferedReader outcomes;

    private RawClient(Path script, Process process) {
        this.script = script;
        this.process = process;
        this.requests = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), UTF_8));
        this.outcomes = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    /** Starts it. */
    public static RawClient start() throws IOException {
        Path script = Files.createTempFile("raw_client", ".py");
        try (InputStream source =
                Objects.requireNonNull(RawClient.class.getResourceAsStream("raw_client.py"), "raw_client.py")) {
            Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
        }
        // -I: neither the variables of the environment nor the directory's modules change what it does.
        Process process = new ProcessBuilder("python3", "-I", "-B", script.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new RawClient(script, process);
    }

    /** Does one session. */
    public RawOutcome run(RawSession session) throws IOException {
        return runAll(List.of(session)).get(0);
    }

    /** Does sessions side by side; the outcomes are in the order of the sessions. */
    public List<RawOutcome> runAll(List<RawSession> sessions) throws IOException {
        for (int id = 0; id < sessions.size(); id++) {
            requests.write(json.writeValueAsString(sessions.get(id).toRequest(id)));
            requests.newLine();
        }
        requests.flush();
        Map<Integer, RawOutcome> ended = new TreeMap<>();
        while (ended.size() < sessions.size()) {
            JsonNode outcome = json.readTree(line());
            ended.put(outcome.get("id").intValue(), outcome(outcome));
        }
        return List.copyOf(ended.values());
    }

    private String line() throws IOException {
        try {
            String line = reading.submit(outcomes::readLine).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (line == null) {
                throw new IOException("the client in Python has ended");
            }
            return line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            process.destroyForcibly();
            throw new IOException("the client in Python does not answer", e);
        }
    }

    private static RawOutcome outcome(JsonNode node) {
        List<String> replies = new ArrayList<>();
        node.get("replies").forEach(reply -> replies.add(reply.textValue()));
        return new RawOutcome(
                replies,
                node.get("end").textValue(),
                node.get("surplus").textValue(),
                node.get("resumed").booleanValue(),
                Optional.ofNullable(node.get("version").textValue()));
    }

    /** Ends it. */
    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        reading.shutdownNow();
        Files.deleteIfExists(script);
    }
}
