package org.mailflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class DirectoryLookupCommandTest {

    private static final String XML =
            """
            <mailflow>
              <server><fqdn>mail.contoso.com</fqdn></server>
              <organization name="contoso" premises="onPremises">
                <acceptedDomain name="contoso.com" type="authoritative"/>
                <acceptedDomain name="fabrikam.com" type="authoritative"/>
                <recipients>
                  <file>recipients.csv</file>%s
                </recipients>
              </organization>
            </mailflow>
            """;
    private static final String LDAP =
            "<ldap name=\"corp\"><url>ldaps://dc1</url><baseDn>dc=contoso,dc=com</baseDn></ldap>";

    @TempDir
    private Path conf;

    @BeforeEach
    void write() throws Exception {
        Files.writeString(conf.resolve("mailflow.xml"), XML.formatted(""));
        Files.writeString(
                conf.resolve("recipients.csv"), "primaryAddress,proxyAddresses\nchris@contoso.com,info@contoso.com\n");
    }

    @Test
    void tellsWhichSourceKnowsAnAddress() {
        CommandRun run = lookUp("info@contoso.com");

        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(run.out().lines())
                .contains(
                        "info@contoso.com: found",
                        "Organization  contoso",
                        "file recipients.csv: found",
                        "  primary     chris@contoso.com",
                        "  proxies     info@contoso.com",
                        "Mail for it   mailbox here: chris@contoso.com");
    }

    @Test
    void nobodysAddressIsACodeOfItsOwn() {
        CommandRun run = lookUp("nobody@contoso.com");

        assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_OK);
        assertThat(run.out()).contains("nobody@contoso.com: not found", "file recipients.csv: not found");
    }

    @Test
    void aServerIsNotAskedOffline() throws Exception {
        Files.writeString(conf.resolve("mailflow.xml"), XML.formatted(LDAP));

        CommandRun run = lookUp("nobody@contoso.com");

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(run.out().lines())
                .contains(
                        "nobody@contoso.com: unavailable",
                        "file recipients.csv: not found",
                        "ldap corp: unavailable",
                        "  why         ldap corp is asked by a running server, not offline");
    }

    @Test
    void answersInJson() throws Exception {
        JsonNode answer =
                new ObjectMapper().readTree(lookUp("info@contoso.com", "--json").out());

        assertThat(answer.get("outcome").asText()).isEqualTo("found");
        assertThat(answer.get("sources").get(0).get("primaryAddress").asText()).isEqualTo("chris@contoso.com");
    }

    @Test
    void wrongUsageIsToldSo() {
        assertThat(lookUp("chris").exitCode()).isEqualTo(ExitCode.USAGE);
        CommandRun organization = lookUp("chris@contoso.com", "--organization", "fabrikam");
        assertThat(organization.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(organization.err()).contains("fabrikam is none of [contoso]");
        assertThat(CommandRun.of("directory").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    private CommandRun lookUp(String address, String... more) {
        String[] arguments = new String[more.length + 6];
        System.arraycopy(
                new String[] {"directory", "lookup", "--offline", "--conf", conf.toString(), address},
                0,
                arguments,
                0,
                6);
        System.arraycopy(more, 0, arguments, 6, more.length);
        return CommandRun.of(arguments);
    }
}
