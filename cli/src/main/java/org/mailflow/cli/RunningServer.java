package org.mailflow.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.mailflow.core.json.InvalidJsonException;
import org.mailflow.core.json.JsonTexts;

/** WebAdmin of a running server. */
final class RunningServer {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(60);

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
        HttpResponse<String> response = send(path, json.write(value));
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

    private HttpResponse<String> send(String path, String body) throws CommandFailure {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .proxy(HttpClient.Builder.NO_PROXY)
                .build();
        try {
            HttpRequest request = HttpRequest.newBuilder(url.resolve(path))
                    .timeout(ANSWER)
                    .header("Content-Type", "application/json")
                    .header("Authorization", "Bearer " + token)
                    .POST(BodyPublishers.ofString(body))
                    .build();
            return client.send(request, BodyHandlers.ofString());
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("--url or --token makes no sense: " + e.getMessage());
        } catch (IOException e) {
            throw CommandFailure.unreachable("no server answers at " + url + " (" + e + ")"
                    + "\nStart it with ./mailflow run, name it with --url, or ask the files with --offline.");
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
