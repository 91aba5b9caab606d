package org.mailflow.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.decision.RecipientLocation;
import org.mailflow.core.decision.RecipientResolver;
import org.mailflow.core.model.Mailflow;

class UnreadableFilesTest {

    private static final String XML =
            """
            <mailflow>
              <server>
                <fqdn>mail.contoso.com</fqdn>
                <certificate name="ours">
                  <certificateFile>gone.pem</certificateFile>
                  <privateKeyFile>gone.key</privateKeyFile>
                </certificate>
              </server>
              <organization name="contoso" premises="onPremises">
                <acceptedDomain name="contoso.com" type="authoritative"/>
                <recipients>
                  <file>gone.csv</file>
                  <file>here.csv</file>
                </recipients>
              </organization>
            </mailflow>
            """;

    @Test
    void refuseTheConfigurationToRun(@TempDir Path folder) throws Exception {
        Configuration read = configuration(folder, XML).read(1);

        assertThat(read.mailflow()).isEmpty();
        assertThat(read.errors())
                .hasSize(3)
                .allMatch(Problem::isUnavailable)
                .extracting(problem -> problem.location().line())
                .containsExactly(5, 6, 12);
        assertThat(read.errors().get(2)).asString().contains(":12:", ": error: ", "there is no file gone.csv");
    }

    @Test
    void makeADirectoryUnavailableToQuestions(@TempDir Path folder) throws Exception {
        Configuration read = configuration(folder, XML).readForQuestions(1);

        Mailflow mailflow = read.mailflow().orElseThrow();
        assertThat(RecipientResolver.resolveRecipient(mailflow, EmailAddress.parse("chris@contoso.com"))
                        .location())
                .isEqualTo(new RecipientLocation.Unavailable("gone.csv cannot be read"));
        assertThat(mailflow.server().certificates()).isEmpty();
        assertThat(read.errors()).hasSize(3);
    }

    @Test
    void excuseNoOtherError(@TempDir Path folder) throws Exception {
        Configuration read =
                configuration(folder, XML.replace("onPremises", "cellar")).readForQuestions(1);

        assertThat(read.mailflow()).isEmpty();
    }

    private static MailflowXml configuration(Path folder, String xml) throws Exception {
        Path file = Files.writeString(folder.resolve("mailflow.xml"), xml);
        Files.writeString(
                folder.resolve("here.csv"), "primaryAddress,targetAddress,proxyAddresses\nchris@contoso.com,,\n");
        return new MailflowXml(file, Map.of(), Clock.systemUTC());
    }
}
