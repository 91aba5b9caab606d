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

class AuthorFieldTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            textBlock =
                    """
            # premises | client | From fields | reply
            cloud | 192.0.2.9 | a@x.test | -
            cloud | 192.0.2.9 | "Ann, of X" <a@x.test> | -
            cloud | 192.0.2.9 | a@x.test, b@x.test | -
            cloud | 192.0.2.9 | a@[192.0.2.1] | -
            cloud | 192.0.2.9 | (none) | 5.7.512
            cloud | 192.0.2.9 | Ann | 5.7.512
            cloud | 192.0.2.9 | <> | 5.7.512
            cloud | 192.0.2.9 | Ann <@> | 5.7.512
            cloud | 192.0.2.9 | a@x.test // ceo@contoso.com | 5.7.512
            # Its own devices
            cloud | 192.0.2.1 | (none) | -
            onPremises | 192.0.2.9 | (none) | -
            onPremises | 192.0.2.9 | a@x.test // ceo@contoso.com | -
            """)
    void isOneWithAnAddress(String premises, String client, String from, String reply, @TempDir Path directory)
            throws Exception {
        Peer peer = new Peer(IpAddress.parse(client), Optional.empty(), PeerIdentity.none(), Optional.empty());
        Transaction transaction =
                new Transaction(mailflow(directory, premises), peer, Optional.of(EmailAddress.parse("a@contoso.com")));
        transaction.decide(EmailAddress.parse("chris@contoso.com"), Instant.EPOCH);
        List<String> fields = from.equals("(none)") ? List.of() : Arrays.asList(from.split(" // ", -1));

        String answer = transaction
                .refusalOfAuthor(fields)
                .map(refused -> refused.reply().enhancedStatus())
                .orElse("-");

        assertThat(answer).isEqualTo(reply);
    }

    private static Mailflow mailflow(Path directory, String premises) throws Exception {
        return Written.mailflow(
                directory,
                """
                <mailflow>
                  <server><fqdn>mail.contoso.com</fqdn></server>
                  <organization name="contoso" premises="%s">
                    <acceptedDomain name="contoso.com" type="internalRelay"/>
                    <inboundConnector name="Devices">
                      <connectorType>onPremises</connectorType>
                      <senderIPAddresses>192.0.2.1</senderIPAddresses>
                    </inboundConnector>
                  </organization>
                </mailflow>
                """
                        .formatted(premises));
    }
}
