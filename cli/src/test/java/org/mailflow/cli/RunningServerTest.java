package org.mailflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailflow.core.explain.Explanation;
import org.mailflow.core.explain.QuestionForm;
import org.mailflow.core.json.JsonTexts;

@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class RunningServerTest {

    private static final String ANSWER = "{\"generation\":7,\"recipients\":[{\"recipient\":\"chris@contoso.com\","
            + "\"accepted\":true,\"reply\":\"250 2.1.5 Recipient OK\",\"route\":\"local\"}]}";

    @TempDir
    Path folder;

    private final JsonTexts json = new JsonTexts();
    private volatile String asked = "";
    private HttpServer server;
    private volatile int status = 200;
    private volatile String answer = ANSWER;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/mailflow/explain", this::handle);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        List<String> authorization = exchange.getRequestHeaders().getOrDefault("Authorization", List.of());
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(authorization.equals(List.of("Bearer s3cret")) ? status : 401, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Test
    void asksTheServerThatTheFilesName() throws Exception {
        Files.writeString(
                folder.resolve("webadmin.properties"),
                "enabled=${env:NO_SUCH_VARIABLE:-true}\nport = "
                        + server.getAddress().getPort() + "\n");
        Files.writeString(folder.resolve("webadmin.token"), "s3cret\n");

        CommandRun run = explain("--conf", folder.toString(), "--data", folder.toString(), "--json", "--no-tls");

        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(json.read(run.out(), Explanation.class)).isEqualTo(json.read(ANSWER, Explanation.class));
        assertThat(json.read(asked, QuestionForm.class).clientIp()).contains("192.0.2.1");
        assertThat(json.read(asked, QuestionForm.class).tls()).isEmpty();
    }

    @Test
    void showsTheAnswerToAPerson() throws Exception {
        CommandRun run = explain("--url", url(), "--token", "s3cret");

        assertThat(run.out())
                .contains("Asked       the running server at " + url(), "To          chris@contoso.com: accepted");
    }

    @Test
    void saysSoWhereTheTokenIsWrong() throws Exception {
        CommandRun run = explain("--url", url(), "--token", "guess");

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(run.err()).contains(url() + " refuses the token", "--data").doesNotContain("guess");
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 500, 302})
    void saysWhatTheServerAnswers(int other) throws Exception {
        status = other;
        answer = "\u001B[2Jno";

        CommandRun run = explain("--url", url(), "--token", "s3cret");

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(run.err()).contains("/mailflow/explain answers " + other).doesNotContain("\u001B");
    }

    @Test
    void saysSoWhereTheAnswerIsOfAnotherVersion() throws Exception {
        answer = "{\"generation\":7,\"recipients\":[],\"mood\":\"fine\"}";

        assertThat(explain("--url", url(), "--token", "s3cret").exitCode()).isEqualTo(ExitCode.UNREACHABLE);
    }

    @Test
    void saysSoWhereNobodyAnswers() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }

        CommandRun run = explain("--url", "http://127.0.0.1:" + closed, "--token", "s3cret");

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(run.err()).contains("no server answers at http://127.0.0.1:" + closed, "--offline");
    }

    @Test
    void sendsTheTokenNowhereElseInClearText() throws Exception {
        CommandRun run = explain("--url", "http://192.0.2.1:8000", "--token", "s3cret");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("http would show the token");
    }

    @Test
    void saysSoWhereNoServerIsKnown() throws Exception {
        CommandRun none = explain("--conf", folder.toString());
        Files.writeString(folder.resolve("webadmin.properties"), "enabled=false");
        CommandRun disabled = explain("--conf", folder.toString());
        Files.writeString(folder.resolve("webadmin.properties"), "enabled=true\nport=0");
        CommandRun anyPort = explain("--conf", folder.toString());
        CommandRun noToken = explain("--url", url(), "--data", folder.toString());

        assertThat(none.err()).contains("there is no " + folder.resolve("webadmin.properties"), "--url", "--offline");
        assertThat(disabled.err()).contains("WebAdmin is not enabled in");
        assertThat(anyPort.err()).contains("has port=0");
        assertThat(noToken.err()).contains("cannot read the server's token in " + folder.resolve("webadmin.token"));
        assertThat(Stream.of(none, disabled, anyPort, noToken).map(CommandRun::exitCode))
                .containsOnly(ExitCode.UNREACHABLE);
    }

    private static CommandRun explain(String... options) {
        return CommandRun.of(Stream.concat(
                        Stream.of("explain", "--client-ip=192.0.2.1", "--from=<>", "--to=chris@contoso.com"),
                        Stream.of(options))
                .toArray(String[]::new));
    }
}
