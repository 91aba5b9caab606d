package org.mailflow.integration;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.mailflow.core.explain.Explanation;
import org.mailflow.core.explain.QuestionForm;
import org.mailflow.core.json.InvalidJsonException;
import org.mailflow.core.json.JsonTexts;

/**
 * A server's WebAdmin, asked over HTTP with the token.
 *
 * @param port on 127.0.0.1
 * @param token the file that it is in
 */
record WebAdmin(int port, Path token) {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonTexts JSON = new JsonTexts();
    private static final int OK = 200;

    /** Where a mail would go. */
    Explanation explain(QuestionForm question) throws IOException, InterruptedException, InvalidJsonException {
        HttpResponse<String> response = post("/mailflow/explain", BodyPublishers.ofString(JSON.write(question)));
        if (response.statusCode() != OK) {
            throw new IOException("explain answered " + response.statusCode() + ": " + response.body());
        }
        return JSON.read(response.body(), Explanation.class);
    }

    /** Lets the server read mailflow.xml anew. */
    HttpResponse<String> reload() throws IOException, InterruptedException {
        return post("/mailflow/reload", BodyPublishers.noBody());
    }

    /** Asks for a path. */
    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    /** Posts JSON to a path. */
    HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return post(path, BodyPublishers.ofString(json));
    }

    /** Puts JSON at a path. */
    HttpResponse<String> put(String path, String json) throws IOException, InterruptedException {
        return send(request(path).PUT(BodyPublishers.ofString(json)));
    }

    /** Runs a command of {@code ./mailflow} against this server. */
    CommandRun command(String... arguments) throws IOException {
        return CommandRun.of(Stream.concat(
                        Stream.of(arguments),
                        Stream.of(
                                "--url",
                                "http://127.0.0.1:" + port,
                                "--token",
                                Files.readString(token).strip()))
                .toArray(String[]::new));
    }

    private HttpResponse<String> post(String path, BodyPublisher body) throws IOException, InterruptedException {
        return send(request(path).POST(body));
    }

    private HttpRequest.Builder request(String path) throws IOException {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + Files.readString(token).strip());
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }
}
