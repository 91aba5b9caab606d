package org.mailflow.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.tls.PeerIdentity;
import org.mailflow.core.tls.TlsSession;

/** Centralized mail transport on both premises: who is looked up where, and what goes which way (flows F2 and F6). */
class CentralizedTransportTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final TlsSession TLS = new TlsSession("TLSv1.3", "TLS_AES_256_GCM_SHA384");
    private static final IpAddress ANYWHERE = IpAddress.parse("203.0.113.7");

    private static final String CLOUD =
            """
            <mailflow>
              <server><fqdn>cloud.contoso.com</fqdn></server>
              <organization name="contoso" premises="cloud">
                <acceptedDomain name="contoso.com"/>
                <acceptedDomain name="contoso.mail.onmicrosoft.com"/>
                <recipients><file>cloud.csv</file></recipients>
                <inboundConnector name="From on-premises">
                  <connectorType>onPremises</connectorType>
                  <senderDomains>*</senderDomains>
                  <requireTls>true</requireTls>
                  <tlsSenderCertificateName>mail.contoso.com</tlsSenderCertificateName>
                  <cloudServicesMailEnabled>true</cloudServicesMailEnabled>
                </inboundConnector>
                <outboundConnector name="To on-premises">
                  <connectorType>onPremises</connectorType>
                  <recipientDomains>contoso.com</recipientDomains>
                  <useMXRecord>false</useMXRecord>
                  <smartHosts>mail.contoso.com</smartHosts>
                  <routeAllMessagesViaOnPremises>CENTRALIZED</routeAllMessagesViaOnPremises>
                </outboundConnector>
                <outboundConnector name="Partner">
                  <connectorType>partner</connectorType>
                  <recipientDomains>fabrikam.com</recipientDomains>
                </outboundConnector>
              </organization>
              <organization name="tailspin" premises="cloud">
                <acceptedDomain name="tailspin.com"/>
                <recipients><file>tailspin.csv</file></recipients>
              </organization>
            </mailflow>
            """;

    private static final String ON_PREMISES =
            """
            <mailflow>
              <server><fqdn>mail.contoso.com</fqdn></server>
              <organization name="contoso" premises="onPremises">
                <acceptedDomain name="contoso.com"/>
                <recipients><file>onpremises.csv</file></recipients>
                <hybrid>
                  <targetDeliveryDomain>contoso.mail.onmicrosoft.com</targetDeliveryDomain>
                  <centralizedTransportEgress>EGRESS</centralizedTransportEgress>
                </hybrid>
                <inboundConnector name="From the cloud">
                  <connectorType>onPremises</connectorType>
                  <senderDomains>*</senderDomains>
                  <tlsSenderCertificateName>cloud.contoso.com</tlsSenderCertificateName>
                  <cloudServicesMailEnabled>true</cloudServicesMailEnabled>
                </inboundConnector>
                <inboundConnector name="Printers">
                  <connectorType>onPremises</connectorType>
                  <senderDomains>*</senderDomains>
                  <senderIPAddresses>192.0.2.9</senderIPAddresses>
                </inboundConnector>
                <outboundConnector name="To the cloud">
                  <connectorType>onPremises</connectorType>
                  <recipientDomains>contoso.mail.onmicrosoft.com</recipientDomains>
                  <useMXRecord>false</useMXRecord>
                  <smartHosts>cloud.contoso.com</smartHosts>
                </outboundConnector>
              </organization>
            </mailflow>
            """;

    private final Path directory;

    CentralizedTransportTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        Files.writeString(
                directory.resolve("cloud.csv"),
                """
                primaryAddress,targetAddress,proxyAddresses
                chris@contoso.com,chris@contoso.com,
                david@contoso.com,,david@contoso.mail.onmicrosoft.com
                contact@contoso.com,contact@cpandl.com,
                """);
        Files.writeString(
                directory.resolve("onpremises.csv"),
                """
                primaryAddress,targetAddress,proxyAddresses
                chris@contoso.com,,
                david@contoso.com,david@contoso.mail.onmicrosoft.com,
                """);
        Files.writeString(
                directory.resolve("tailspin.csv"),
                """
                primaryAddress,targetAddress,proxyAddresses
                frank@tailspin.com,,
                """);
    }

    private Mailflow cloud(boolean centralized) throws IOException {
        return Written.mailflow(directory, CLOUD.replace("CENTRALIZED", Boolean.toString(centralized)));
    }

    private Mailflow onPremises(String egress) throws IOException {
        return Written.mailflow(directory, ON_PREMISES.replace("EGRESS", egress));
    }

    private static Peer peer(String from) {
        return switch (from) {
            case "internet" -> Peer.inClearText(ANYWHERE);
            case "printer" -> Peer.inClearText(IpAddress.parse("192.0.2.9"));
            case "on-premises" -> verified("mail.contoso.com");
            case "cloud" -> verified("cloud.contoso.com");
            default -> new Peer(ANYWHERE, Optional.of(TLS), PeerIdentity.none(), Optional.of(EmailAddress.parse(from)));
        };
    }

    private static Peer verified(String name) {
        return new Peer(ANYWHERE, Optional.of(TLS), new PeerIdentity.Verified(List.of(name)), Optional.empty());
    }

    private static List<EmailAddress> addresses(String recipients) {
        return Arrays.stream(recipients.split(" ")).map(EmailAddress::parse).toList();
    }

    private static RoutePlan plan(Mailflow mailflow, String from, String sender, String recipients) {
        Transaction transaction = new Transaction(mailflow, peer(from), Optional.of(EmailAddress.parse(sender)));
        List<EmailAddress> accepted = new ArrayList<>();
        for (EmailAddress recipient : addresses(recipients)) {
            assertThat(transaction.decide(recipient, NOW).isAccepted()).isTrue();
            accepted.add(recipient);
        }
        return Router.plan(mailflow, transaction.sender(), Optional.of(transaction.stamp(NOW)), accepted);
    }

    private static String text(RoutePlan plan) {
        return plan.groups().stream()
                .map(group -> group.route().word() + ": "
                        + group.recipients().stream()
                                .map(routed -> routed.deliveryAddress().toString())
                                .collect(Collectors.joining(" ")))
                .collect(Collectors.joining("; "));
    }

    @ParameterizedTest
    @CsvSource({
        // F2: everybody's mail goes unsplit to on-premises, and comes back for whom the mailbox is here
        "internet, erin@cpandl.com, chris@contoso.com david@contoso.com, "
                + "connector contoso/To on-premises: chris@contoso.com david@contoso.com",
        "internet, erin@cpandl.com, david@contoso.mail.onmicrosoft.com, "
                + "connector contoso/To on-premises: david@contoso.mail.onmicrosoft.com",
        "on-premises, erin@cpandl.com, david@contoso.mail.onmicrosoft.com, local: david@contoso.com",
        "on-premises, erin@cpandl.com, david@contoso.com, local: david@contoso.com",
        // F6: the cloud's own mail goes to on-premises, whoever it is for; a partner's connector does not take it
        "david@contoso.com, david@contoso.com, erin@cpandl.com, connector contoso/To on-premises: erin@cpandl.com",
        "david@contoso.com, david@contoso.com, bob@fabrikam.com, connector contoso/To on-premises: bob@fabrikam.com",
        "david@contoso.com, david@contoso.com, chris@contoso.com erin@cpandl.com, "
                + "connector contoso/To on-premises: chris@contoso.com erin@cpandl.com",
        "david@contoso.com, david@contoso.com, contact@contoso.com, connector contoso/To on-premises: contact@cpandl.com",
        "david@contoso.com, david@contoso.com, frank@tailspin.com, connector contoso/To on-premises: frank@tailspin.com",
        // The exceptions: the same cloud organization, and what came from on-premises (D5)
        "david@contoso.com, david@contoso.com, david@contoso.com, local: david@contoso.com",
        "on-premises, chris@contoso.com, erin@cpandl.com, mx: erin@cpandl.com",
        "on-premises, chris@contoso.com, bob@fabrikam.com, connector contoso/Partner: bob@fabrikam.com",
        // The mail of another organization of this server is anybody's
        "frank@tailspin.com, frank@tailspin.com, david@contoso.com, connector contoso/To on-premises: david@contoso.com",
        "frank@tailspin.com, frank@tailspin.com, erin@cpandl.com, mx: erin@cpandl.com",
    })
    void theCloudHandsAllMailToOnPremises(String from, String sender, String recipients, String expected)
            throws IOException {
        assertThat(text(plan(cloud(true), from, sender, recipients))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "internet, erin@cpandl.com, chris@contoso.com david@contoso.com, "
                + "connector contoso/To on-premises: chris@contoso.com; local: david@contoso.com",
        "david@contoso.com, david@contoso.com, erin@cpandl.com, mx: erin@cpandl.com",
        "david@contoso.com, david@contoso.com, frank@tailspin.com, local: frank@tailspin.com",
    })
    void withoutItMailGoesItsOwnWay(String from, String sender, String recipients, String expected) throws IOException {
        assertThat(text(plan(cloud(false), from, sender, recipients))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "onPremises, cloud, david@contoso.com, erin@cpandl.com, mx: erin@cpandl.com",
        "cloud, cloud, david@contoso.com, erin@cpandl.com, connector contoso/To the cloud: erin@cpandl.com",
        "cloud, cloud, erin@cpandl.com, chris@contoso.com, local: chris@contoso.com",
        // Its own mail never takes the way through the cloud (F4)
        "cloud, chris@contoso.com, chris@contoso.com, erin@cpandl.com, mx: erin@cpandl.com",
        "cloud, printer, chris@contoso.com, erin@cpandl.com, mx: erin@cpandl.com",
    })
    void onPremisesHandsTheCloudsMailToTheInternet(
            String egress, String from, String sender, String recipients, String expected) throws IOException {
        assertThat(text(plan(onPremises(egress), from, sender, recipients))).isEqualTo(expected);
    }

    @Test
    void mailOfTheServerItselfGoesToOnPremisesToo() throws IOException {
        RoutePlan plan = Router.plan(
                cloud(true),
                Optional.of(EmailAddress.parse("postmaster@contoso.com")),
                Optional.empty(),
                addresses("erin@cpandl.com david@contoso.com"));

        assertThat(text(plan)).isEqualTo("connector contoso/To on-premises: erin@cpandl.com; local: david@contoso.com");
    }

    @ParameterizedTest
    @CsvSource({
        "internet, erin@cpandl.com, david@contoso.com, all mail goes to on-premises first",
        "on-premises, chris@contoso.com, erin@cpandl.com, inbound connector 'From on-premises' brought it from on-premises",
        "david@contoso.com, david@contoso.com, david@contoso.com, leaves mail inside of the cloud organization alone",
    })
    void everyRerouteAndEveryExceptionHasItsReason(String from, String sender, String recipient, String reason)
            throws IOException {
        RoutePlan plan = plan(cloud(true), from, sender, recipient);

        assertThat(plan.groups().get(0).recipients().get(0).reason().text()).contains(reason);
    }

    @Test
    void withoutItNothingIsToldOfIt() throws IOException {
        RoutePlan plan = plan(cloud(false), "on-premises", "chris@contoso.com", "erin@cpandl.com");

        assertThat(plan.groups().get(0).recipients().get(0).reason().text()).doesNotContain("centralized");
    }
}
