package org.mailflow.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mailflow.core.json.InvalidJsonException;
import org.mailflow.core.json.JsonTexts;

/** WebAdmin of a running server. */
final class RunningServer {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    /** Something done to very many mails takes its time, and goes on whether we wait or not. */
    private static final Duration ACTION = Duration.ofMinutes(30);

    private final URI url;
    private final String token;
    private final JsonTexts json = new JsonTexts();

    private RunningServer(URI url, String token) {
        this.url = url;
        this.token = token;
    }

    /** A server; the token goes nowhere in clear text but to this machine. */
    static RunningServer at(URI url, String token) throws CommandFailure {
        String scheme = String.valueOf(url.getScheme());
        if (url.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw CommandFailure.usage("'" + url + "' is no URL of a server: write http://127.0.0.1:8000");
        }
        if (scheme.equals("http") && !isLoopback(url.getHost())) {
            throw CommandFailure.usage("'" + url + "' is not on this machine, and http would show the token to the "
                    + "network: use https, or a tunnel");
        }
        return new RunningServer(url, token);
    }

    URI url() {
        return url;
    }

    /** Posts a value and reads the answer of status 200. */
    <T> T post(String path, Object value, Class<T> answer) throws CommandFailure {
        HttpRequest.Builder request = HttpRequest.newBuilder()
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json.write(value)));
        return read(path, send(path, request.timeout(ANSWER)), answer);
    }

    /**
     * Asks for a thing that need not be there, and reads the answer of status 200.
     *
     * @param parameters behind the path; those without a value are left out
     */
    <T> T get(String path, Map<String, Optional<String>> parameters, Class<T> answer) throws CommandFailure {
        return get(path, parameters, answer, ANSWER);
    }

    /** The same for whoever does not wait that long. */
    <T> T get(String path, Map<String, Optional<String>> parameters, Class<T> answer, Duration patience)
            throws CommandFailure {
        String query = parameters.entrySet().stream()
                .filter(parameter -> parameter.getValue().isPresent())
                .map(parameter ->
                        parameter.getKey() + "=" + encoded(parameter.getValue().get()))
                .collect(Collectors.joining("&"));
        String asked = query.isEmpty() ? path : path + "?" + query;
        return read(
                path,
                requireWish(
                        send(asked, HttpRequest.newBuilder().timeout(patience).GET())),
                answer);
    }

    /** Has something done, which may take long and may be refused, and reads the answer of status 200. */
    <T> T act(String path, Object value, Class<T> answer) throws CommandFailure {
        HttpRequest.Builder request = HttpRequest.newBuilder()
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json.write(value)));
        return read(path, requireWish(send(path, request.timeout(ACTION))), answer);
    }

    /** A part of a path, whatever is in it. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** What the server says to a wish that cannot be met is an answer too. */
    private HttpResponse<String> requireWish(HttpResponse<String> response) throws CommandFailure {
        switch (response.statusCode()) {
            case 404, 409, 500 -> throw CommandFailure.notOk(detail(response));
            case 400, 413 -> throw CommandFailure.usage(detail(response));
            default -> {
                return response;
            }
        }
    }

    private String detail(HttpResponse<String> response) {
        try {
            Object detail = json.read(response.body(), Map.class).get("detail");
            return detail == null ? response.body() : detail.toString();
        } catch (InvalidJsonException e) {
            return url + " answers " + response.statusCode() + ": " + response.body();
        }
    }

    private <T> T read(String path, HttpResponse<String> response, Class<T> answer) throws CommandFailure {
        if (response.statusCode() == 401) {
            throw CommandFailure.unreachable(url + " refuses the token"
                    + "\nName the data directory of that server with --data, or give its --token.");
        }
        if (response.statusCode() != 200) {
            throw CommandFailure.unreachable(url + path + " answers " + response.statusCode() + ": " + response.body());
        }
        try {
            return json.read(response.body(), answer);
        } catch (InvalidJsonException e) {
            throw CommandFailure.unreachable(
                    url + path + " gives an answer that this version does not understand: " + e.getMessage());
        }
    }

    private HttpResponse<String> send(String path, HttpRequest.Builder request) throws CommandFailure {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .proxy(HttpClient.Builder.NO_PROXY)
                .build();
        try {
            return client.send(
                    request.uri(url.resolve(path))
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    BodyHandlers.ofString());
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("--url or --token makes no sense: " + e.getMessage());
        } catch (IOException e) {
            throw CommandFailure.unreachable("no server answers at " + url + " (" + e + ")"
                    + "\nStart it with ./mailflow run, or name it with --url.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.unreachable("interrupted");
        }
    }

    private static boolean isLoopback(String host) throws CommandFailure {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw CommandFailure.unreachable("the host " + host + " is unknown");
        }
    }
}
