package org.mailflow.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.address.DomainPattern;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.model.AcceptedDomainType;
import org.mailflow.core.model.ConnectorType;
import org.mailflow.core.model.InboundConnector;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.Organization;
import org.mailflow.core.model.OutboundClient;
import org.mailflow.core.model.OutboundConnector;
import org.mailflow.core.model.Premises;
import org.mailflow.core.model.RetrySchedule;
import org.mailflow.core.model.SmartHost;
import org.mailflow.core.model.SmartHostAuthentication;
import org.mailflow.core.model.SmartHostSelection;
import org.mailflow.core.model.TlsSettings;
import org.mailflow.core.tls.CertificateName;

class MailflowXmlTest {

    private static final String WHOLE =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <mailflow xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="mailflow.xsd">
              <server>
                <fqdn>Mail.contoso.com</fqdn>
                <ipAllowList>
                  <entry address="192.0.2.0/24" expires="2027-01-31T00:00:00Z" comment="a scanner"/>
                </ipAllowList>
                <ipBlockList>
                  <entry address="198.51.100.1-198.51.100.9"/>
                </ipBlockList>
              </server>
              <organization name="contoso" premises="onPremises">
                <rejectDirectSend>true</rejectDirectSend>
                <acceptedDomain name="contoso.com"/>
                <acceptedDomain name="relay.contoso.com" type="internalRelay">
                  <matchSubDomains>true</matchSubDomains>
                </acceptedDomain>
                <hybrid>
                  <targetDeliveryDomain>contoso.mail.onmicrosoft.com</targetDeliveryDomain>
                </hybrid>
                <inboundConnector name="From the cloud">
                  <connectorType>onPremises</connectorType>
                  <tlsSenderCertificateName>*.mail.protection.outlook.com</tlsSenderCertificateName>
                  <cloudServicesMailEnabled>true</cloudServicesMailEnabled>
                </inboundConnector>
                <inboundConnector name="Fabrikam">
                  <connectorType>partner</connectorType>
                  <senderDomains>fabrikam.com,
                                 *.fabrikam.net</senderDomains>
                  <senderIPAddresses>192.0.2.1 2001:db8::/32</senderIPAddresses>
                  <senderIPAddresses>192.0.2.7</senderIPAddresses>
                  <restrictDomainsToIPAddresses>true</restrictDomainsToIPAddresses>
                  <comment>ask Alice</comment>
                </inboundConnector>
                <outboundConnector name="To the cloud">
                  <connectorType>onPremises</connectorType>
                  <recipientDomains>contoso.mail.onmicrosoft.com, relay.contoso.com, *.relay.contoso.com</recipientDomains>
                  <useMXRecord>false</useMXRecord>
                  <smartHosts>${env:CLOUD:-cloud.example}, [2001:db8::1]:2525</smartHosts>
                  <tlsSettings>domainValidation</tlsSettings>
                  <tlsDomain>mail.protection.outlook.com</tlsDomain>
                  <retryIntervals>1m*2, 10s</retryIntervals>
                </outboundConnector>
              </organization>
            </mailflow>
            """;

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-06-01T00:00:00Z"), ZoneOffset.UTC);

    private final Path folder;

    MailflowXmlTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void readsAWholeConfiguration() throws IOException {
        Configuration configuration = read(WHOLE, Map.of());

        assertThat(configuration.errors()).isEmpty();
        Mailflow mailflow = configuration.mailflow().orElseThrow();
        assertThat(mailflow.generation()).isEqualTo(7);
        assertThat(mailflow.server().fqdn()).isEqualTo("mail.contoso.com");
        assertThat(mailflow.server().trustedCertificates()).isNotEmpty();
        assertThat(mailflow.server().ipAllowList().find(IpAddress.parse("192.0.2.77"), CLOCK.instant()))
                .hasValueSatisfying(entry -> {
                    assertThat(entry.text()).isEqualTo("192.0.2.0/24");
                    assertThat(entry.comment()).isEqualTo("a scanner");
                    assertThat(entry.expires()).contains(Instant.parse("2027-01-31T00:00:00Z"));
                    assertThat(entry.location()).hasToString("mailflow.xml:6:7");
                });
        assertThat(mailflow.server().ipBlockList().find(IpAddress.parse("198.51.100.9"), CLOCK.instant()))
                .isPresent();
        Organization contoso = mailflow.organization("Contoso").orElseThrow();
        assertThat(contoso.premises()).isEqualTo(Premises.ON_PREMISES);
        assertThat(contoso.rejectDirectSend()).isTrue();
        assertThat(contoso.hybrid().targetDeliveryDomain()).contains(new DomainName("contoso.mail.onmicrosoft.com"));
        assertThat(mailflow.accepted(new DomainName("contoso.com"))
                        .orElseThrow()
                        .acceptedDomain()
                        .type())
                .isEqualTo(AcceptedDomainType.AUTHORITATIVE);
        assertThat(mailflow.accepted(new DomainName("a.relay.contoso.com"))
                        .orElseThrow()
                        .acceptedDomain()
                        .type())
                .isEqualTo(AcceptedDomainType.INTERNAL_RELAY);
    }

    @Test
    void readsInboundConnectorsWithTheDefaultsOfTheirType() throws IOException {
        Organization contoso = organization(WHOLE);

        InboundConnector cloud = contoso.inboundConnector("from the cloud").orElseThrow();
        assertThat(cloud.connectorType()).isEqualTo(ConnectorType.ON_PREMISES);
        assertThat(cloud.enabled()).isTrue();
        assertThat(cloud.requireTls()).isFalse();
        assertThat(cloud.senderDomains()).containsExactly(new DomainPattern.Any());
        assertThat(cloud.senderCertificate().name()).contains(CertificateName.parse("*.mail.protection.outlook.com"));
        InboundConnector fabrikam = contoso.inboundConnector("Fabrikam").orElseThrow();
        assertThat(fabrikam.requireTls()).isTrue();
        assertThat(fabrikam.senderDomains())
                .extracting(Object::toString)
                .containsExactly("fabrikam.com", "*.fabrikam.net");
        assertThat(fabrikam.senderIPAddresses().prefixes())
                .extracting(Object::toString)
                .containsExactly("192.0.2.1", "192.0.2.7", "2001:db8::/32");
        assertThat(fabrikam.comment()).isEqualTo("ask Alice");
    }

    @Test
    void readsOutboundConnectorsWithTheirDefaults() throws IOException {
        OutboundConnector cloud =
                organization(WHOLE).outboundConnectors().named("To the cloud").orElseThrow();

        assertThat(cloud.smartHosts())
                .containsExactly(SmartHost.parse("cloud.example"), SmartHost.parse("[2001:db8::1]:2525"));
        assertThat(cloud.port()).isEqualTo(25);
        assertThat(cloud.cost()).isEqualTo(1);
        assertThat(cloud.tlsSettings()).contains(TlsSettings.DOMAIN_VALIDATION);
        assertThat(cloud.fqdn()).isEmpty();
        assertThat(cloud.retrySchedule().intervals())
                .containsExactly(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofSeconds(10));
        assertThat(cloud.retrySchedule().messageExpirationTimeout()).isEqualTo(Duration.ofDays(2));
        assertThat(cloud.location()).hasToString("mailflow.xml:35:5");
    }

    @Test
    void readsHowTheServerIsAClient() throws IOException {
        String text = WHOLE.replace(
                "<retryIntervals>1m*2, 10s</retryIntervals>",
                """
                <smartHostSelection>weighted</smartHostSelection>
                <smartHostAuthMechanism>basicAuthRequireTLS</smartHostAuthMechanism>
                <authenticationUser>relay</authenticationUser>
                <authenticationPassword>a secret</authenticationPassword>
                <sourceIPAddress>192.0.2.1, 2001:db8::1</sourceIPAddress>
                <maxOutboundConnections>7</maxOutboundConnections>
                <smtpMaxMessagesPerConnection>20</smtpMaxMessagesPerConnection>
                <connectionInactivityTimeOut>10m</connectionInactivityTimeOut>
                <forceHELO>false</forceHELO>
                """);

        OutboundConnector cloud = organization(text).outboundConnectors().all().get(0);

        assertThat(cloud.smartHostSelection()).isEqualTo(SmartHostSelection.WEIGHTED);
        assertThat(cloud.client())
                .isEqualTo(new OutboundClient(
                        OptionalInt.of(7),
                        20,
                        Duration.ofMinutes(10),
                        Optional.of(new SmartHostAuthentication(true, "relay", "a secret")),
                        List.of(IpAddress.parse("192.0.2.1"), IpAddress.parse("2001:db8::1")),
                        false));
        assertThat(cloud.toString()).doesNotContain("a secret");
        assertThat(organization(WHOLE).outboundConnectors().all().get(0).client())
                .isEqualTo(OutboundClient.DEFAULT);
    }

    @Test
    void triesAgainAsExchangeDoesByDefault() throws IOException {
        String onPremises = WHOLE.replace("<retryIntervals>1m*2, 10s</retryIntervals>", "");
        String cloud = onPremises.replace("premises=\"onPremises\"", "premises=\"cloud\"");

        assertThat(retries(onPremises).intervals())
                .hasSize(11)
                .startsWith(Duration.ofMinutes(1))
                .endsWith(Duration.ofMinutes(10));
        assertThat(retries(onPremises).messageExpirationTimeout()).isEqualTo(Duration.ofDays(2));
        assertThat(retries(cloud).messageExpirationTimeout()).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void takesVariablesOfTheEnvironment() throws IOException {
        Configuration configuration = read(WHOLE, Map.of("CLOUD", "192.0.2.5:2500, second.example"));

        assertThat(configuration
                        .mailflow()
                        .orElseThrow()
                        .organizations()
                        .get(0)
                        .outboundConnectors()
                        .all()
                        .get(0)
                        .smartHosts())
                .startsWith(SmartHost.parse("192.0.2.5:2500"), SmartHost.parse("second.example"));
    }

    @Test
    void readsFilesWithByteOrderMarkAndCarriageReturns() throws IOException {
        Configuration configuration = read("\uFEFF" + WHOLE.replace("\n", "\r\n"), Map.of());

        assertThat(configuration.errors()).isEmpty();
        assertThat(configuration.mailflow().orElseThrow().organizations().get(0).location())
                .isEqualTo(new Location("mailflow.xml", 12, 3));
    }

    private RetrySchedule retries(String text) throws IOException {
        return organization(text).outboundConnectors().all().get(0).retrySchedule();
    }

    private Organization organization(String text) throws IOException {
        return Optional.of(read(text, Map.of()))
                .flatMap(Configuration::mailflow)
                .orElseThrow()
                .organizations()
                .get(0);
    }

    private Configuration read(String text, Map<String, String> environment) throws IOException {
        Path file = Files.writeString(folder.resolve("mailflow.xml"), text);
        return new MailflowXml(file, environment, CLOCK).read(7);
    }
}
