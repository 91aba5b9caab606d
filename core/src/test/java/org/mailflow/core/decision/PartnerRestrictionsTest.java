package org.mailflow.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.tls.PeerIdentity;
import org.mailflow.core.tls.TlsSession;

/** A gateway in front of the server through which all mail must come, and partners that must use TLS. */
class PartnerRestrictionsTest {

    private static final String CONFIGURATION =
            """
            <mailflow>
              <server><fqdn>mail.contoso.com</fqdn></server>
              <organization name="contoso" premises="onPremises">
                <acceptedDomain name="contoso.com" type="authoritative"/>
                <inboundConnector name="Lock">
                  <connectorType>partner</connectorType>
                  <senderDomains>*</senderDomains>
                  <senderIPAddresses>192.0.2.1</senderIPAddresses>
                  <restrictDomainsToIPAddresses>true</restrictDomainsToIPAddresses>
                  <requireTls>false</requireTls>
                </inboundConnector>
                <inboundConnector name="Fabrikam by TLS">
                  <connectorType>partner</connectorType>
                  <senderDomains>fabrikam.com</senderDomains>
                </inboundConnector>
                <inboundConnector name="Coho by TLS">
                  <connectorType>partner</connectorType>
                  <senderDomains>coho.test</senderDomains>
                </inboundConnector>
                <inboundConnector name="Coho by address">
                  <connectorType>partner</connectorType>
                  <senderDomains>coho.test</senderDomains>
                  <senderIPAddresses>192.0.2.7</senderIPAddresses>
                  <restrictDomainsToIPAddresses>true</restrictDomainsToIPAddresses>
                  <requireTls>false</requireTls>
                </inboundConnector>
              </organization>
            </mailflow>
            """;

    @ParameterizedTest
    @CsvSource({
        "cpandl.com,   192.0.2.1,    false, met",
        "cpandl.com,   203.0.113.99, true,  5.7.51",
        "fabrikam.com, 192.0.2.1,    true,  met",
        "fabrikam.com, 192.0.2.1,    false, 5.7.3",
        "fabrikam.com, 203.0.113.99, true,  5.7.51",
        "fabrikam.com, 203.0.113.99, false, 5.7.51",
        "coho.test,    192.0.2.7,    true,  met",
        "coho.test,    192.0.2.7,    false, met",
        "coho.test,    192.0.2.1,    true,  5.7.51",
        "coho.test,    203.0.113.99, true,  5.7.51",
    })
    void aConnectorThatOnlyWantsTlsOpensNoDoorThatAnotherShuts(
            String sender, String address, boolean tls, String expected, @TempDir Path directory) throws IOException {
        Mailflow mailflow = Written.mailflow(directory, CONFIGURATION);
        Optional<TlsSession> session =
                tls ? Optional.of(new TlsSession("TLSv1.3", "TLS_AES_256_GCM_SHA384")) : Optional.empty();
        Peer peer = new Peer(IpAddress.parse(address), session, PeerIdentity.none(), Optional.empty());

        PartnerRestrictions.Verdict verdict = PartnerRestrictions.judge(
                mailflow.accepted(DomainName.parse("contoso.com")).orElseThrow(),
                peer,
                Optional.of(DomainName.parse(sender)));

        assertThat(word(verdict)).isEqualTo(expected);
    }

    private static String word(PartnerRestrictions.Verdict verdict) {
        return verdict instanceof PartnerRestrictions.Unmet unmet
                ? unmet.reply().enhancedStatus()
                : "met";
    }
}
