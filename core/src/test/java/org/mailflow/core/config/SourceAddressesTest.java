package org.mailflow.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.decision.FrontDoor;
import org.mailflow.core.decision.Peer;
import org.mailflow.core.decision.RecipientDecision;
import org.mailflow.core.ip.IpAddress;

/** Which addresses a configured network means: those in it to the last bit, and what is no network is refused. */
class SourceAddressesTest {

    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;

    /** Whoever is there may relay in our name, and send in the partner's. */
    private static String configuration(String address) {
        return """
                <mailflow>
                  <server>
                    <fqdn>gateway.test</fqdn>
                  </server>
                  <organization name="contoso" premises="onPremises">
                    <acceptedDomain name="contoso.com" type="internalRelay"/>
                    <inboundConnector name="Printers">
                      <connectorType>onPremises</connectorType>
                      <senderIPAddresses>ADDRESS</senderIPAddresses>
                    </inboundConnector>
                    <inboundConnector name="Partner">
                      <connectorType>partner</connectorType>
                      <senderDomains>partner.test</senderDomains>
                      <requireTls>false</requireTls>
                      <restrictDomainsToIPAddresses>true</restrictDomainsToIPAddresses>
                      <senderIPAddresses>ADDRESS</senderIPAddresses>
                    </inboundConnector>
                  </organization>
                </mailflow>
                """
                .replace("ADDRESS", address);
    }

    /** Host names are not looked up, and no notation is guessed at. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/+8",
                "10.0.0.0/08",
                "10.0.0.0/",
                "10.0.0.0/8/8",
                "10.0.0.0/255.0.0.0",
                "10.1/16",
                "10/8",
                "010.0.0.0/8",
                "10.0.0.010",
                "1*",
                "10.*",
                "10.0.0.*",
                "*",
                "0x0a.0.0.1",
                "0x0a000001",
                "167772161",
                "10.0.0.256",
                "10.0.0.1.",
                ".10.0.0.1",
                "10..0.1",
                "10.0.0.1:25",
                "[10.0.0.1]",
                "[2001:db8::1]",
                "fe80::1%eth0",
                "fe80::/10%eth0",
                "2001:db8::/129",
                "2001:db8::/-1",
                "2001:db8::1::2",
                "2001:db8:::1",
                "::ffff:10.0.0.0/8",
                "1:2:3:4:5:6:7:8:9",
                "12345::1",
                "printer.contoso.com",
                "localhost",
                "10.0.0.9-10.0.0.1",
                "10.0.0.1-10",
                "10.0.0.1-2001:db8::1",
                "10.0.0.0/24-10.0.1.0/24",
                "\u0661\u0660.0.0.1",
                "\uff11\uff10.0.0.1",
            })
    void refusesWhatIsNoNetwork(String address, @TempDir Path folder) throws IOException {
        Configuration read = ConfigurationFolder.in(folder).read(configuration(address));

        assertThat(read.mailflow()).isEmpty();
        assertThat(read.errors())
                .hasSize(2)
                .allSatisfy(error -> assertThat(error.toString())
                        .contains("mailflow.xml:", "/senderIPAddresses: ")
                        .containsPattern("\\. (Write|Use) "))
                .extracting(error -> error.location().line())
                .containsExactly(9, 16);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.0/8   | 10.1.2.3              | true",
                "10.0.0.0/8   | ::ffff:10.1.2.3       | true",
                "10.0.0.0/8   | ::ffff:a01:203        | true",
                "10.0.0.0/8   | 0:0:0:0:0:FFFF:10.1.2.3 | true",
                "10.0.0.0/8   | ::10.1.2.3            | false",
                "10.0.0.0/8   | 64:ff9b::10.1.2.3     | false",
                "10.0.0.0/8   | 2002:0a01:0203::      | false",
                "10.0.0.0/8   | 2001:0:a01:203::      | false",
                "10.0.0.0/8   | ::ffff:0:10.1.2.3     | false",
                "10.0.0.0/8   | a00::                 | false",
                "10.0.0.0/8   | fe80::a01:203         | false",
                "10.0.0.1     | 10.0.0.1              | true",
                "10.0.0.1     | 10.0.0.2              | false",
                "10.0.0.1     | 10.0.0.0              | false",
                "::ffff:10.0.0.0/104 | 10.1.2.3       | true",
                "::ffff:10.0.0.0/104 | 11.1.2.3       | false",
                "10.0.0.1-10.0.0.9   | 10.0.0.1       | true",
                "10.0.0.1-10.0.0.9   | 10.0.0.9       | true",
                "10.0.0.1-10.0.0.9   | 10.0.0.0       | false",
                "10.0.0.1-10.0.0.9   | 10.0.0.10      | false",
                "10.0.0.1-10.0.0.9   | ::ffff:10.0.0.5 | true",
                "::1          | 127.0.0.1             | false",
                "127.0.0.1    | ::1                   | false",
                "fe80::/10    | fe80::1               | true",
                "fe80::/10    | fec0::1               | false",
            })
    void letsInWhoIsInTheNetwork(String network, String client, boolean inside, @TempDir Path folder)
            throws IOException {
        Configuration read = ConfigurationFolder.in(folder).read(configuration(network));

        assertThat(relays(read, client)).isEqualTo(inside);
        assertThat(decide(read, client, "a@partner.test", "chris@contoso.com").isAccepted())
                .isEqualTo(inside);
    }

    static Stream<String> networks() {
        return Stream.concat(
                IntStream.rangeClosed(1, IPV4_BITS).mapToObj(length -> "203.0.113.165/" + length),
                Stream.of(1, 8, 31, 32, 33, 47, 48, 49, 56, 63, 64, 65, 96, 112, 126, 127, 128)
                        .map(length -> "2001:db8:a5a5:5a5a:a5a5:5a5a:a5a5:5a5a/" + length));
    }

    /** The neighbour that differs in the network's last bit is outside; whoever differs in the first host bit is inside. */
    @ParameterizedTest
    @MethodSource("networks")
    void isExactToTheBit(String network, @TempDir Path folder) throws IOException {
        Configuration read = ConfigurationFolder.in(folder).read(configuration(network));
        List<String> parts = Arrays.asList(network.split("/", -1));
        int length = Integer.parseInt(parts.get(1));
        IpAddress base = IpAddress.parse(parts.get(0));

        assertThat(relays(read, base.toString())).isTrue();
        for (int bit = 0; bit < (base.isIpv4() ? IPV4_BITS : IPV6_BITS); bit++) {
            String client = flipped(base, bit).toString();
            assertThat(relays(read, client)).as("%s in %s", client, network).isEqualTo(bit >= length);
        }
    }

    @Test
    void namesNeverStandForAddresses(@TempDir Path folder) throws IOException {
        SoftAssertions softly = new SoftAssertions();
        Configuration read = ConfigurationFolder.in(folder).read(configuration("127.0.0.0/8"));
        for (String client : List.of("localhost", "127.1", "0x7f.0.0.1", "2130706433", "fe80::1%lo", "[127.0.0.1]")) {
            softly.assertThatThrownBy(() -> relays(read, client))
                    .as(client)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        softly.assertAll();
    }

    private static IpAddress flipped(IpAddress address, int bit) {
        byte[] bytes = address.toBytes();
        bytes[bit / Byte.SIZE] ^= (byte) (0x80 >> bit % Byte.SIZE);
        return IpAddress.ofBytes(bytes);
    }

    private static boolean relays(Configuration read, String client) {
        return decide(read, client, "printer@contoso.com", "victim@elsewhere.test")
                .isAccepted();
    }

    private static RecipientDecision decide(Configuration read, String client, String sender, String recipient) {
        return FrontDoor.decide(
                read.mailflow().orElseThrow(),
                Peer.inClearText(IpAddress.parse(client)),
                Optional.of(EmailAddress.parse(sender)),
                EmailAddress.parse(recipient),
                Instant.EPOCH);
    }
}
