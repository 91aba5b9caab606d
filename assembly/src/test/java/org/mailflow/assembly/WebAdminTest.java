package org.mailflow.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebAdminTest {
    private static MailflowServer server;
    private static Path tokenFile;
    private static HttpClient client;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        server = TestServer.start(directory);
        tokenFile = directory.resolve("data/webadmin.token");
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /mailQueues",
        "GET, /mailRepositories",
        "GET, /tasks",
        "GET, /healthcheck",
        "GET, /metrics",
        "GET, /users",
        "PUT, /users/chris@contoso.com",
        "PUT, /address/aliases/chris@contoso.com/sources/info@contoso.com",
        "GET, /address/groups",
        "GET, /mappings",
        "PUT, /domains/contoso.com/aliases/contoso.net",
        "GET, /",
        "GET, /nothing/is/here",
        "DELETE, /mailQueues/spool/mails",
        "OPTIONS, /mailQueues",
        "POST, /servers?reload-certificate",
    })
    void refusesWhoeverHasNoToken(String method, String path) throws Exception {
        for (String header : new String[] {"", "Bearer", "Bearer ", "Bearer wrong", "Basic " + token(), token()}) {
            HttpResponse<String> answer = send(method, path, header);

            assertThat(answer.statusCode())
                    .as("%s %s with '%s'", method, path, header)
                    .isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        }
    }

    @Test
    void showsTheQueuesToWhoeverHasTheToken() throws Exception {
        HttpResponse<String> answer = send("GET", "/mailQueues", "Bearer " + token());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("spool");
    }

    @Test
    void showsTheRepositoriesToWhoeverHasTheToken() throws Exception {
        HttpResponse<String> answer = send("GET", "/mailRepositories", "Bearer " + token());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("error");
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /domains/fabrikam.com, 405",
        "DELETE, /domains/contoso.com, 405",
        "GET, /domains, 200",
        "GET, /users, 200",
        "GET, /address/aliases, 200",
        "GET, /address/groups, 200",
        "GET, /address/forwards, 200",
        "GET, /mappings, 200",
    })
    void hasRoutesForAccountsWhoseDomainsAreThoseOfMailflowXml(String method, String path, int status)
            throws Exception {
        HttpResponse<String> answer = send(method, path, "Bearer " + token());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    }

    @Test
    void makesATokenThatOnlyItsOwnerCanRead() throws Exception {
        assertThat(token()).hasSizeGreaterThan(40);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tokenFile)))
                .isEqualTo("rw-------");
    }

    private static String token() throws IOException {
        return Files.readString(tokenFile).strip();
    }

    private static HttpResponse<String> send(String method, String path, String authorization)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.webAdminPort().orElseThrow() + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody());
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
