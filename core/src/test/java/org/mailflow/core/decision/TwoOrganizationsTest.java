package org.mailflow.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.mime.RawField;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.tls.PeerIdentity;

/** What one organization says of its mail, and may do, counts for nothing with another one on the same server. */
class TwoOrganizationsTest {

    private static final String MAILFLOW =
            """
            <mailflow>
              <server><fqdn>gateway.example</fqdn></server>
              <organization name="contoso" premises="onPremises">
                <acceptedDomain name="contoso.com"/>
                <recipients><file>contoso.csv</file></recipients>
                <inboundConnector name="Cloud">
                  <connectorType>onPremises</connectorType>
                  <senderDomains>*</senderDomains>
                  <tlsSenderCertificateName>cloud.contoso.com</tlsSenderCertificateName>
                  <cloudServicesMailEnabled>true</cloudServicesMailEnabled>
                </inboundConnector>
                <inboundConnector name="Printers">
                  <connectorType>onPremises</connectorType>
                  <senderDomains>*</senderDomains>
                  <senderIPAddresses>192.0.2.9</senderIPAddresses>
                  <treatMessagesAsInternal>true</treatMessagesAsInternal>
                </inboundConnector>
              </organization>
              <organization name="tailspin" premises="onPremises">
                <acceptedDomain name="tailspin.com"/>
                <recipients><file>tailspin.csv</file></recipients>
              </organization>
            </mailflow>
            """;

    @ParameterizedTest
    @CsvSource({
        "cloud, dora@contoso.com, true",
        "cloud, frank@tailspin.com, false",
        "cloud, dora@contoso.com frank@tailspin.com, false",
        "printer, dora@contoso.com, true",
        "printer, frank@tailspin.com, false",
        "user, dora@contoso.com, true",
        "user, frank@tailspin.com, false",
        "user, frank@tailspin.com dora@contoso.com, false",
    })
    void mailIsInternalToItsOwnOrganizationAlone(
            String from, String recipients, boolean internal, @TempDir Path directory) throws IOException {
        Transaction transaction = transaction(mailflow(directory), from);

        Arrays.stream(recipients.split(" ")).forEach(recipient -> assertThat(transaction
                        .decide(EmailAddress.parse(recipient), TwoPremises.NOW)
                        .isAccepted())
                .isTrue());
        if (transaction.mayBeCrossPremises()) {
            transaction.promote(List.of(RawField.of("X-MS-Exchange-CrossPremises-AuthAs", "Internal")));
        }
        Stamp stamp = transaction.stamp(TwoPremises.NOW);

        assertThat(transaction.internality().isInternal()).isEqualTo(internal);
        assertThat(stamp.internal()).isEqualTo(internal);
        assertThat(stamp.skipsSpamFilter()).isEqualTo(internal);
        assertThat(stamp.directionality()).isEqualTo(Directionality.ORIGINATING);
    }

    private static Transaction transaction(Mailflow mailflow, String from) {
        EmailAddress chris = EmailAddress.parse("chris@contoso.com");
        Peer peer =
                switch (from) {
                    case "cloud" ->
                        new Peer(
                                IpAddress.parse("203.0.113.7"),
                                Optional.of(TwoPremises.TLS),
                                new PeerIdentity.Verified(List.of("cloud.contoso.com")),
                                Optional.empty());
                    case "printer" -> Peer.inClearText(IpAddress.parse("192.0.2.9"));
                    default -> TwoPremises.user(chris);
                };
        return new Transaction(mailflow, peer, Optional.of(chris));
    }

    private static Mailflow mailflow(Path directory) throws IOException {
        Files.writeString(
                directory.resolve("contoso.csv"),
                "primaryAddress,targetAddress,proxyAddresses\nchris@contoso.com,,\ndora@contoso.com,,\n");
        Files.writeString(
                directory.resolve("tailspin.csv"),
                "primaryAddress,targetAddress,proxyAddresses\nfrank@tailspin.com,,\n");
        return Written.mailflow(directory, MAILFLOW);
    }
}
