package org.mailflow.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.model.InboundConnector;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.tls.PeerIdentity;
import org.mailflow.core.tls.TlsSession;

class ConnectorProofTest {

    private static final String ADDRESS = "<senderIPAddresses>192.0.2.1</senderIPAddresses>";
    private static final String CERTIFICATE = "<tlsSenderCertificateName>mail.fabrikam.com</tlsSenderCertificateName>";
    private static final String TLS = "<requireTls>true</requireTls>";

    @ParameterizedTest
    @CsvSource({
        // what the connector names, address, certificate ("-": none, "plain": no TLS), proof
        "address, 192.0.2.1, plain, ADDRESS",
        "address, 192.0.2.1, mail.fabrikam.com, ADDRESS",
        "address, 192.0.2.2, mail.fabrikam.com, -",
        "address tls, 192.0.2.1, plain, -",
        "address tls, 192.0.2.1, -, ADDRESS",
        "certificate, 192.0.2.9, mail.fabrikam.com, CERTIFICATE",
        "certificate, 192.0.2.9, mail.tailspin.com, -",
        "certificate, 192.0.2.9, -, -",
        "certificate, 192.0.2.9, plain, -",
        "address certificate, 192.0.2.1, mail.fabrikam.com, CERTIFICATE",
        "address certificate, 192.0.2.1, plain, -",
        "address certificate, 192.0.2.2, mail.fabrikam.com, -",
    })
    void wantsAllThatTheConnectorNames(
            String named, String address, String certificate, String proof, @TempDir Path directory) throws Exception {
        Peer peer = new Peer(
                IpAddress.parse(address),
                certificate.equals("plain")
                        ? Optional.empty()
                        : Optional.of(new TlsSession("TLSv1.3", "TLS_AES_256_GCM_SHA384")),
                certificate.equals("plain") || certificate.equals("-")
                        ? PeerIdentity.none()
                        : new PeerIdentity.Verified(List.of(certificate)),
                Optional.empty());

        Optional<ConnectorProof> proven = ConnectorProof.of(connector(directory, named), peer);

        assertThat(proven.map(found -> found.evidence().name()).orElse("-")).isEqualTo(proof);
    }

    private static InboundConnector connector(Path directory, String named) throws Exception {
        String demands = (named.contains("address") ? ADDRESS : "")
                + (named.contains("certificate") ? CERTIFICATE : "")
                + (named.contains("tls") ? TLS : "");
        Mailflow mailflow = Written.mailflow(
                directory,
                """
                <mailflow>
                  <server><fqdn>mail.contoso.com</fqdn></server>
                  <organization name="contoso" premises="onPremises">
                    <acceptedDomain name="contoso.com" type="internalRelay"/>
                    <inboundConnector name="Ours"><connectorType>onPremises</connectorType>%s</inboundConnector>
                  </organization>
                </mailflow>
                """
                        .formatted(demands));
        return mailflow.organizations().get(0).inboundConnectors().get(0);
    }
}
