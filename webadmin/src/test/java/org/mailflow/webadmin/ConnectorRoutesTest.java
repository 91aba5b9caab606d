package org.mailflow.webadmin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.james.webadmin.WebAdminServer;
import org.apache.james.webadmin.WebAdminUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailflow.core.json.JsonTexts;
import org.mailflow.core.operation.OperationException;
import org.mailflow.core.validation.ConnectorOperations;
import org.mailflow.core.validation.ConnectorState;
import org.mailflow.core.validation.ConnectorValidation;
import org.mailflow.core.validation.ValidationWish;

@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class ConnectorRoutesTest {

    private static final ConnectorState STATE = new ConnectorState(
            "contoso/To the cloud",
            true,
            true,
            Optional.of(Instant.parse("2026-01-01T12:00:00Z")),
            Optional.of("1 of 1 host takes mail"),
            false);

    private final JsonTexts json = new JsonTexts();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Connectors connectors = new Connectors();
    private WebAdminServer server;

    /** Notes what it is asked. */
    private static final class Connectors implements ConnectorOperations {
        private String asked = "";
        private ValidationWish wish = ValidationWish.usual();

        @Override
        public List<ConnectorState> connectors() {
            return List.of(STATE);
        }

        @Override
        public ConnectorValidation validate(String organization, String connector, ValidationWish wished)
                throws OperationException {
            asked = organization + "|" + connector;
            wish = wished;
            if (connector.equals("Nobody")) {
                throw OperationException.notFound("there is no such connector");
            }
            if (wished.send().orElse(false)) {
                throw OperationException.invalid("there is nobody to send a mail to");
            }
            return new ConnectorValidation(
                    organization + "/" + connector,
                    true,
                    true,
                    Instant.parse("2026-01-01T12:00:00Z"),
                    "1 of 1 host takes mail",
                    "mail.fabrikam.com",
                    "mail.contoso.com",
                    "<>",
                    wished.recipients(),
                    List.of(),
                    List.of(),
                    List.of());
        }
    }

    @BeforeEach
    void start() {
        server = WebAdminUtils.createWebAdminServer(new ConnectorRoutes(connectors))
                .start();
    }

    @AfterEach
    void stop() {
        server.destroy();
    }

    @Test
    void listsEveryConnector() throws Exception {
        HttpResponse<String> response =
                client.send(request("/mailflow/connectors").GET().build(), BodyHandlers.ofString());

        assertThat(json.read(response.body(), ConnectorState[].class)).containsExactly(STATE);
    }

    @ParameterizedTest
    @CsvSource({
        "contoso/To%20the%20cloud, contoso|To the cloud",
        "contoso/100%25%20of%20A%2BB, contoso|100% of A+B",
        "con%20toso/Partner%27s%20%C3%A9%3B, con toso|Partner's é;"
    })
    void validatesTheConnectorOfThePath(String path, String asked) throws Exception {
        HttpResponse<String> response = validate(path, "{\"recipients\":[\"bob@fabrikam.com\"],\"timeoutSeconds\":5}");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(connectors.asked).isEqualTo(asked);
        assertThat(connectors.wish.timeoutSeconds()).contains(5);
        assertThat(json.read(response.body(), ConnectorValidation.class).recipients())
                .containsExactly("bob@fabrikam.com");
    }

    @ParameterizedTest
    @CsvSource({
        "contoso/Nobody,  '{}',                    404, no such connector",
        "contoso/Partner, '{\"send\":true}',       400, nobody to send",
        "contoso/Partner, '{\"receiver\":\"b\"}',  400, receiver",
        "contoso/Partner, 'no',                    400, The body is no question"
    })
    void saysWhyItDoesNot(String path, String body, int status, String detail) throws Exception {
        HttpResponse<String> response = validate(path, body);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.body()).contains(detail);
    }

    private HttpResponse<String> validate(String path, String body) throws Exception {
        return client.send(
                request("/mailflow/connectors/" + path + "/validation")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.getPort().getValue() + path));
    }
}
