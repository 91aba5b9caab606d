package org.mailflow.webadmin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.james.webadmin.WebAdminServer;
import org.apache.james.webadmin.WebAdminUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.config.MailflowXml;
import org.mailflow.core.directory.DirectoryAnswer;
import org.mailflow.core.directory.Expansion;
import org.mailflow.core.directory.Recipient;
import org.mailflow.core.directory.RecipientDirectory;
import org.mailflow.core.directory.SourceAnswer;
import org.mailflow.core.explain.LookupResult;
import org.mailflow.core.explain.LookupResult.Located;
import org.mailflow.core.explain.LookupResult.OfSource;
import org.mailflow.core.json.JsonTexts;

/** What a look-up tells of each source, over HTTP. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class DirectoryRoutesTest {

    private static final String XML =
            """
            <mailflow>
              <server><fqdn>mail.contoso.com</fqdn></server>
              <organization name="contoso" premises="onPremises">
                <acceptedDomain name="contoso.com" type="authoritative"/>
                <recipients>
                  <file>recipients.csv</file>
                  <ldap name="corp"><url>ldaps://dc1</url><baseDn>dc=contoso,dc=com</baseDn></ldap>
                </recipients>
              </organization>
            </mailflow>
            """;

    private final JsonTexts json = new JsonTexts();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private WebAdminServer server;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("mailflow.xml"), XML);
        Files.writeString(folder.resolve("recipients.csv"), "primaryAddress\nchris@contoso.com\n");
        MailflowXml xml = new MailflowXml(file, Map.of(), Clock.systemUTC(), source -> new Corp());
        LiveMailflow live = new LiveMailflow(xml::read, Clock.systemUTC());
        server = WebAdminUtils.createWebAdminServer(new DirectoryRoutes(live)).start();
    }

    @AfterEach
    void stop() {
        server.destroy();
    }

    @Test
    void theFirstSourceThatKnowsAnAddressIsTheLastThatIsAsked() throws Exception {
        LookupResult result = lookUp("chris@contoso.com");

        assertThat(result.outcome()).isEqualTo(LookupResult.FOUND);
        assertThat(result.organization()).contains("contoso");
        assertThat(result.sources()).extracting(OfSource::source).containsExactly("file recipients.csv");
        assertThat(result.recipient().location()).isEqualTo("mailbox here: chris@contoso.com");
    }

    @Test
    void aKeptAnswerTellsItsAgeAndWhatItStandsInFor() throws Exception {
        LookupResult result = lookUp("staff@contoso.com");

        assertThat(result.sources())
                .extracting(OfSource::source, OfSource::answer)
                .containsExactly(tuple("file recipients.csv", "not found"), tuple("ldap corp", "found"));
        OfSource corp = result.sources().get(1);
        assertThat(corp.ageSeconds()).contains(61L);
        assertThat(corp.standsInFor()).contains("connect error");
        assertThat(corp.members()).containsExactly("chris@contoso.com", "erin@cpandl.com");
        assertThat(result.recipient().members())
                .extracting(Located::location)
                .containsExactly("mailbox here: chris@contoso.com", "external: erin@cpandl.com");
    }

    @Test
    void whatCannotBeToldIsNeitherFoundNorNot() throws Exception {
        LookupResult result = lookUp("flaky@contoso.com");

        assertThat(result.outcome()).isEqualTo(LookupResult.UNAVAILABLE);
        assertThat(result.sources().get(1).reason()).contains("connect error");
        assertThat(lookUp("nobody@contoso.com").outcome()).isEqualTo(LookupResult.NOT_FOUND);
        assertThat(lookUp("erin@cpandl.com").sources()).isEmpty();
    }

    @Test
    void aWrongQuestionIsToldSo() throws Exception {
        HttpResponse<String> noAddress = post("{\"address\":\"chris\"}");
        HttpResponse<String> noOrganization = post("{\"address\":\"chris@contoso.com\",\"organization\":\"fabrikam\"}");

        assertThat(noAddress.statusCode()).isEqualTo(400);
        assertThat(noAddress.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(noOrganization.statusCode()).isEqualTo(404);
        assertThat(json.read(noOrganization.body(), ProblemDetail.class).detail())
                .contains("fabrikam", "contoso");
        assertThat(post("[]").statusCode()).isEqualTo(400);
    }

    private LookupResult lookUp(String address) throws Exception {
        HttpResponse<String> answer = post("{\"address\":\"" + address + "\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json.read(answer.body(), LookupResult.class);
    }

    private HttpResponse<String> post(String body) throws Exception {
        URI url = URI.create("http://127.0.0.1:" + server.getPort().getValue() + "/mailflow/directory/lookup");
        return client.send(
                HttpRequest.newBuilder(url).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    /** A directory server that went away a while ago. */
    private static final class Corp implements RecipientDirectory {

        @Override
        public DirectoryAnswer find(EmailAddress address) {
            return switch (address.localPart()) {
                case "staff" ->
                    new DirectoryAnswer.Found(Recipient.expandedTo(
                            address,
                            List.of(),
                            new Expansion(List.of(
                                    EmailAddress.parse("chris@contoso.com"), EmailAddress.parse("erin@cpandl.com")))));
                case "flaky" -> new DirectoryAnswer.Unavailable("connect error");
                default -> new DirectoryAnswer.NotFound();
            };
        }

        @Override
        public List<SourceAnswer> ask(EmailAddress address) {
            DirectoryAnswer answer = find(address);
            return List.of(
                    answer instanceof DirectoryAnswer.Found
                            ? new SourceAnswer(
                                    "?", answer, Optional.of(Duration.ofSeconds(61)), Optional.of("connect error"))
                            : SourceAnswer.fresh("?", answer));
        }
    }
}
