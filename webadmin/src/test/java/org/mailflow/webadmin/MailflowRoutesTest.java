package org.mailflow.webadmin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.james.webadmin.WebAdminServer;
import org.apache.james.webadmin.WebAdminUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.config.MailflowXml;
import org.mailflow.core.explain.Explainer;
import org.mailflow.core.explain.Explanation;
import org.mailflow.core.explain.QuestionForm;
import org.mailflow.core.json.JsonTexts;

@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class MailflowRoutesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final String QUESTION =
            "{\"clientIp\":\"203.0.113.7\",\"from\":\"erin@cpandl.com\",\"to\":[\"x@contoso.com\",\"y@cpandl.com\"]}";
    private static final String SOUND =
            """
            <mailflow>
              <server><fqdn>mail.contoso.com</fqdn></server>
              <organization name="contoso" premises="onPremises">
                <acceptedDomain name="contoso.com" type="internalRelay"/>
              </organization>
            </mailflow>
            """;

    @TempDir
    Path folder;

    private final JsonTexts json = new JsonTexts();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicLong free = new AtomicLong(Long.MAX_VALUE);
    private LiveMailflow live;
    private WebAdminServer server;

    @BeforeEach
    void start() throws Exception {
        write(SOUND);
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        live = new LiveMailflow(generation -> MailflowXml.read(file(), generation), clock);
        server = WebAdminUtils.createWebAdminServer(
                        new ExplainRoutes(live, clock, free::get), new ConfigurationRoutes(live))
                .start();
    }

    @AfterEach
    void stop() {
        server.destroy();
    }

    @Test
    void explainsAsTheRunningSnapshotDecides() throws Exception {
        HttpResponse<String> answer = post("/mailflow/explain", QUESTION);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(json.read(answer.body(), Explanation.class))
                .isEqualTo(Explainer.explain(
                        live.current(), json.read(QUESTION, QuestionForm.class).toQuestion(), NOW));
    }

    @Test
    void explainsThatThereIsNoRoom() throws Exception {
        free.set(0);

        HttpResponse<String> answer = post("/mailflow/explain", QUESTION);

        assertThat(json.read(answer.body(), Explanation.class).recipients())
                .extracting(Explanation.OfRecipient::reply)
                .containsExactly("452 4.3.1 Insufficient system storage", "452 4.3.1 Insufficient system storage");
    }

    @Test
    void tellsOfEveryFlawOfAQuestion() throws Exception {
        HttpResponse<String> answer =
                post("/mailflow/explain", "{\"clientIp\":\"300.0.0.1\",\"from\":\"nobody\",\"to\":[]}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        ProblemDetail problem = json.read(answer.body(), ProblemDetail.class);
        assertThat(problem.title()).isEqualTo("Bad Request");
        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.errors()).extracting(flaw -> flaw.field()).containsExactly("clientIp", "from", "to");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{\"form\":1}", "{\"clientIp\":\"1.2.3.4\"", "\u0000"})
    void refusesWhatIsNoQuestion(String body) throws Exception {
        HttpResponse<String> answer = post("/mailflow/explain", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(json.read(answer.body(), ProblemDetail.class).detail()).startsWith("The body is no question: ");
    }

    @Test
    void refusesWhatIsNoText() throws Exception {
        HttpResponse<String> answer =
                send("POST", "/mailflow/explain", BodyPublishers.ofByteArray(new byte[] {(byte) 0xC3, (byte) 0x28}));

        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @Test
    void readsNoMoreOfABodyThanAQuestionHas() throws Exception {
        HttpResponse<String> answer = post("/mailflow/explain", " ".repeat(300 * 1024) + QUESTION);

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(json.read(answer.body(), ProblemDetail.class).title()).isEqualTo("Payload Too Large");
    }

    @Test
    void showsWhatRuns() throws Exception {
        HttpResponse<String> answer = send("GET", "/mailflow/configuration", BodyPublishers.noBody());

        assertThat(answer.statusCode()).isEqualTo(200);
        RunningConfiguration running = json.read(answer.body(), RunningConfiguration.class);
        assertThat(running.generation()).isEqualTo(live.current().generation());
        assertThat(running.loadedAt()).isEqualTo(NOW);
        assertThat(running.warnings())
                .isEqualTo(RunningConfiguration.of(live.loaded()).warnings());
    }

    @Test
    void reloadSwapsTheSnapshot() throws Exception {
        long before = live.current().generation();
        write(SOUND.replace("\"contoso\"", "\"fabrikam\""));

        HttpResponse<String> answer = post("/mailflow/reload", "");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json.read(answer.body(), RunningConfiguration.class).generation())
                .isEqualTo(live.current().generation())
                .isGreaterThan(before);
        assertThat(live.current().organization("fabrikam")).isPresent();
    }

    @Test
    void reloadRefusesAnErrorWholeAndTellsEveryProblem() throws Exception {
        long before = live.current().generation();
        write(SOUND.replace("internalRelay", "internal").replace("onPremises", "cellar"));

        HttpResponse<String> answer = post("/mailflow/reload", "");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        ProblemDetail problem = json.read(answer.body(), ProblemDetail.class);
        assertThat(problem.problems())
                .filteredOn(found -> found.severity().equals("error"))
                .extracting(found -> found.file() + ":" + found.line())
                .containsExactly("mailflow.xml:3", "mailflow.xml:4");
        assertThat(live.current().generation()).isEqualTo(before);
    }

    private Path file() {
        return folder.resolve("mailflow.xml");
    }

    private void write(String xml) throws IOException {
        Files.writeString(file(), xml, StandardCharsets.UTF_8);
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return send("POST", path, BodyPublishers.ofString(body));
    }

    private HttpResponse<String> send(String method, String path, BodyPublisher body) throws Exception {
        URI url = URI.create("http://127.0.0.1:" + server.getPort().getValue() + path);
        return client.send(HttpRequest.newBuilder(url).method(method, body).build(), BodyHandlers.ofString());
    }
}
