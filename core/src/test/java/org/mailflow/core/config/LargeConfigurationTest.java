package org.mailflow.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.core.address.DomainName;

/** The checks compare much with much; one that took time by the square of a table would be seen here. */
class LargeConfigurationTest {

    @Test
    void readsAHundredThousandDomainsAndThousandsOfConnectors(@TempDir Path folder) throws IOException {
        StringBuilder text = new StringBuilder("<mailflow><server><fqdn>mail.contoso.com</fqdn></server>\n");
        for (int organization = 0; organization < 10; organization++) {
            organization(text, organization);
        }
        String whole = text.append("</mailflow>").toString();
        ConfigurationFolder configuration = ConfigurationFolder.in(folder);

        Configuration read = configuration.read(whole);

        assertThat(read.errors()).isEmpty();
        assertThat(read.mailflow().orElseThrow().accepted(new DomainName("d9999.o9.example")))
                .isPresent();
    }

    private static void organization(StringBuilder text, int organization) {
        text.append("<organization name='o%d' premises='cloud'>\n".formatted(organization));
        for (int i = 0; i < 10_000; i++) {
            text.append("<acceptedDomain name='d%d.o%d.example' type='internalRelay'/>\n".formatted(i, organization));
        }
        for (int i = 0; i < 400; i++) {
            text.append(
                    """
                    <inboundConnector name='i%1$d'><connectorType>onPremises</connectorType>
                    <senderIPAddresses>10.%2$d.%3$d.%4$d/31</senderIPAddresses></inboundConnector>
                    <outboundConnector name='c%1$d'><connectorType>onPremises</connectorType>
                    <recipientDomains>*.p%1$d.example x%1$d.example</recipientDomains></outboundConnector>
                    """
                            .formatted(i, organization, i / 100, 2 * (i % 100)));
        }
        text.append("</organization>\n");
    }
}
