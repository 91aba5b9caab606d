package org.mailflow.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.tls.PeerIdentity;
import org.mailflow.core.tls.TlsSession;

class ForeignOriginatorTest {

    private static final TlsSession TLS = new TlsSession("TLSv1.3", "TLS_AES_256_GCM_SHA384");
    private static final String NOBODY = "192.0.2.9";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            # client or certificate | sender | recipient | X-OriginatorOrg | reply
            # The certificate of a service that other organizations use too
            mail.service.example | chris@contoso.com | erin@cpandl.com | contoso.com | -
            mail.service.example | chris@contoso.com | erin@cpandl.com | CONTOSO.com // contoso.com | -
            mail.service.example | chris@contoso.com | erin@cpandl.com | - | -
            mail.service.example | chris@contoso.com | erin@cpandl.com | tenant.example | 5.7.64
            mail.service.example | chris@contoso.com | erin@cpandl.com | contoso.com // tenant.example | 5.7.64
            mail.service.example | chris@contoso.com | erin@cpandl.com | =?utf-8?q?contoso.com?= | 5.7.64
            mail.service.example | mallory@tenant.example | erin@cpandl.com | tenant.example | 5.7.64
            mail.service.example | mallory@tenant.example | chris@contoso.com | tenant.example | -
            mail.service.example | chris@contoso.com | david@contoso.com | tenant.example | 5.7.68
            mail.service.example | chris@contoso.com | david@contoso.com | contoso.com | -
            # Addresses, which may be anybody's too
            192.0.2.1 | chris@contoso.com | erin@cpandl.com | contoso.com | -
            192.0.2.1 | chris@contoso.com | erin@cpandl.com | - | -
            192.0.2.1 | chris@contoso.com | erin@cpandl.com | tenant.example | 5.7.64
            192.0.2.1 | chris@contoso.com | david@contoso.com | tenant.example | -
            # Certificates of the organization's own: the field is of somebody whose mail was forwarded
            mail.contoso.com | chris@contoso.com | erin@cpandl.com | tenant.example | -
            edge.contoso.com | chris@contoso.com | erin@cpandl.com | tenant.example | -
            # Who has no right cannot lose one
            192.0.2.9 | erin@cpandl.com | chris@contoso.com | tenant.example | -
            """)
    void hasNoRightOfOurs(
            String client, String sender, String recipient, String said, String reply, @TempDir Path directory)
            throws Exception {
        boolean isAddress = Character.isDigit(client.charAt(0));
        Peer peer = new Peer(
                IpAddress.parse(isAddress ? client : NOBODY),
                isAddress ? Optional.empty() : Optional.of(TLS),
                isAddress ? PeerIdentity.none() : new PeerIdentity.Verified(List.of(client)),
                Optional.empty());
        Transaction transaction = new Transaction(mailflow(directory), peer, Optional.of(EmailAddress.parse(sender)));
        RecipientDecision decision = transaction.decide(EmailAddress.parse(recipient), Instant.EPOCH);
        List<String> fields = said.equals("-") ? List.of() : Arrays.asList(said.split(" // ", -1));

        String answer = transaction
                .refusalOfOriginator(fields)
                .map(refused -> refused.reply().enhancedStatus())
                .orElse("-");

        assertThat(decision.isAccepted()).as("%s", decision.outcome()).isTrue();
        assertThat(answer).isEqualTo(reply);
    }

    private static Mailflow mailflow(Path directory) throws Exception {
        return Written.mailflow(
                directory,
                """
                <mailflow>
                  <server><fqdn>gateway.contoso.com</fqdn></server>
                  <organization name="contoso" premises="cloud">
                    <rejectDirectSend>true</rejectDirectSend>
                    <acceptedDomain name="contoso.com" type="internalRelay"/>
                    <inboundConnector name="Service">
                      <connectorType>onPremises</connectorType>
                      <tlsSenderCertificateName>mail.service.example</tlsSenderCertificateName>
                      <cloudServicesMailEnabled>true</cloudServicesMailEnabled>
                    </inboundConnector>
                    <inboundConnector name="Other premises">
                      <connectorType>onPremises</connectorType>
                      <tlsSenderCertificateName>mail.contoso.com</tlsSenderCertificateName>
                      <cloudServicesMailEnabled>true</cloudServicesMailEnabled>
                    </inboundConnector>
                    <inboundConnector name="Own servers">
                      <connectorType>onPremises</connectorType>
                      <tlsSenderCertificateName>edge.contoso.com</tlsSenderCertificateName>
                    </inboundConnector>
                    <inboundConnector name="Range">
                      <connectorType>onPremises</connectorType>
                      <senderIPAddresses>192.0.2.1</senderIPAddresses>
                    </inboundConnector>
                  </organization>
                </mailflow>
                """);
    }
}
