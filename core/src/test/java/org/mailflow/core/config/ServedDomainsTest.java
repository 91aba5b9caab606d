package org.mailflow.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.core.address.DomainName;

class ServedDomainsTest {

    private final Path folder;

    ServedDomainsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void findsNothingInEqualLists() throws IOException {
        assertThat(differences("contoso.com", "relay.contoso.com")).isEmpty();
    }

    @Test
    void leavesTheServerFreeToServeARelayDomain() throws IOException {
        assertThat(differences("contoso.com")).isEmpty();
    }

    @Test
    void takesASubDomainForItsAcceptedDomain() throws IOException {
        assertThat(differences("contoso.com", "north.relay.contoso.com")).isEmpty();
    }

    @Test
    void tellsOfADomainThatOnlyTheServerServes() throws IOException {
        assertThat(differences("contoso.com", "localhost", "sales.contoso.com"))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("localhost is in James' domain list but"),
                        second -> assertThat(second).startsWith("sales.contoso.com is in James' domain list but"));
    }

    @Test
    void tellsOfAnAuthoritativeDomainThatTheServerLacks() throws IOException {
        assertThat(differences())
                .singleElement()
                .asString()
                .startsWith("mailflow.xml:4:5: contoso.com is authoritative but not in James' domain list");
    }

    private List<String> differences(String... served) throws IOException {
        Configuration configuration = ConfigurationFolder.in(folder)
                .read(
                        """
            <mailflow>
              <server><fqdn>mail.contoso.com</fqdn></server>
              <organization name="contoso" premises="onPremises">
                <acceptedDomain name="contoso.com"/>
                <acceptedDomain name="relay.contoso.com" type="internalRelay">
                  <matchSubDomains>true</matchSubDomains>
                </acceptedDomain>
              </organization>
            </mailflow>
            """);
        return ServedDomains.differences(
                configuration
                        .mailflow()
                        .orElseThrow(() ->
                                new AssertionError(configuration.problems().toString())),
                Stream.of(served).map(DomainName::parse).toList());
    }
}
