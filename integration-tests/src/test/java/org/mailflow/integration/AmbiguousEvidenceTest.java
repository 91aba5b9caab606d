package org.mailflow.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.core.config.Configuration;
import org.mailflow.core.config.MailflowXml;

/** Evidence by which a mail could be of one organization or of another is refused before a server runs on it. */
class AmbiguousEvidenceTest {

    private static final String ORGANIZATION =
            """
              <organization name="%1$s" premises="cloud">
                <acceptedDomain name="%1$s.com" type="internalRelay"/>
                %2$s
              </organization>
            """;

    private static String own(String name, String evidence) {
        return "<inboundConnector name=\"" + name + "\"><connectorType>onPremises</connectorType>" + evidence
                + "</inboundConnector>";
    }

    private static String certificate(String name) {
        return "<tlsSenderCertificateName>" + name + "</tlsSenderCertificateName>";
    }

    private static String addresses(String range) {
        return "<senderIPAddresses>" + range + "</senderIPAddresses>";
    }

    private static Configuration read(Path directory, String contoso, String fabrikam) throws IOException {
        Path file = directory.resolve("mailflow.xml");
        Files.writeString(
                file,
                "<mailflow><server><fqdn>gateway.test</fqdn></server>"
                        + ORGANIZATION.formatted("contoso", contoso)
                        + ORGANIZATION.formatted("fabrikam", fabrikam)
                        + "</mailflow>");
        return new MailflowXml(file, Map.of(), Clock.systemUTC()).read(1);
    }

    @Test
    void twoOrganizationsCannotHaveOneCertificate(@TempDir Path directory) throws Exception {
        for (String other : new String[] {"mail.service.test", "*.service.test"}) {
            Configuration read =
                    read(directory, own("A", certificate("mail.service.test")), own("B", certificate(other)));

            assertThat(read.mailflow()).isEmpty();
            assertThat(read.errors().toString()).contains("identifies", "one could send as the other");
        }
    }

    @Test
    void twoOrganizationsCannotHaveOneAddress(@TempDir Path directory) throws Exception {
        Configuration read = read(directory, own("A", addresses("192.0.2.0/24")), own("B", addresses("192.0.2.9")));

        assertThat(read.mailflow()).isEmpty();
        assertThat(read.errors().toString()).contains("identifies", "Share no address between organizations");
    }

    @Test
    void ofTwoConnectorsWithOneCertificateInAnOrganizationTheSecondIsWarnedOf(@TempDir Path directory)
            throws Exception {
        Configuration read = read(
                directory, own("A", certificate("mail.service.test")) + own("B", certificate("mail.service.test")), "");

        assertThat(read.errors()).isEmpty();
        assertThat(read.problems().toString()).contains("identifies the same servers as", "has no effect");
    }

    @Test
    void aPartnerThatIsEverybodyWithoutARestrictionIsWarnedOf(@TempDir Path directory) throws Exception {
        Configuration read = read(
                directory,
                "<inboundConnector name=\"A\"><connectorType>partner</connectorType>"
                        + "<senderDomains>*</senderDomains></inboundConnector>",
                "");

        assertThat(read.errors()).isEmpty();
        assertThat(read.problems().toString()).contains("* without a restriction refuses mail of every sender");
    }
}
