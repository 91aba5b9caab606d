package org.mailflow.core.ip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
        "2001:db8:0:1:0:0:0:1, 2001:db8:0:1::1",
        "2001:0db8::0001, 2001:db8::1",
        "::, ::",
        "::1, ::1",
        "2001:db8::192.0.2.1, 2001:db8::c000:201",
    })
    void writesAnAddressAsRfc5952Does(String text, String canonical) {
        assertThat(IpAddress.parse(text)).hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"::ffff:10.1.2.3", "::FFFF:10.1.2.3", "::ffff:a01:203", "0:0:0:0:0:ffff:0a01:0203", "10.1.2.3"})
    void takesAMappedAddressForTheIpv4AddressInIt(String text) {
        IpAddress address = IpAddress.parse(text);

        assertThat(address.isIpv4()).isTrue();
        assertThat(address.width()).isEqualTo(32);
        assertThat(address).isEqualTo(IpAddress.parse("10.1.2.3")).hasToString("10.1.2.3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::10.1.2.3",
                "64:ff9b::10.1.2.3",
                "64:ff9b:1::10.1.2.3",
                "2002:0a01:0203::",
                "::ffff:0:10.1.2.3",
                "::1:ffff:10.1.2.3",
                "::fffe:10.1.2.3",
                "ffff::10.1.2.3",
            })
    void takesOtherCarriersOfAnIpv4AddressForIpv6(String text) {
        assertThat(IpAddress.parse(text).isIpv4()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                " 10.1.2.3",
                "10.1.2.3 ",
                "10.1",
                "10.1.2",
                "10.1.2.",
                ".10.1.2.3",
                "10.1.2.3.4",
                "10.1.2.3.",
                "10..2.3",
                "256.1.2.3",
                "10.1.2.1000",
                "010.0.0.0",
                "10.0.0.00",
                "10.0.0.08",
                "0x0a.0.0.1",
                "167772161",
                "0xa000001",
                "1*",
                "10.*.*.*",
                "*",
                "+1.2.3.4",
                "-1.2.3.4",
                "10.1.2.3/32",
                "10.1.2.3:25",
                "mail.contoso.com",
                "localhost",
                "a.b.c.d",
                "fe80::1%eth0",
                "fe80::1%1",
                "[2001:db8::1]",
                "2001:db8::1::2",
                "2001:db8:1:2:3:4:5",
                "2001:db8:1:2:3:4:5:6:7",
                "2001:db8:1:2:3:4:5::6:7",
                ":::",
                ":",
                ":1",
                "1:",
                "12345::",
                "g::1",
                "::10.1.2",
                "::010.1.2.3",
                "::10.1.2.3:1",
                "::256.1.2.3",
                "１０.１.２.３",
                "10。1。2。3",
                "1\u0660.0.0.1",
                "10.1.2.3\n",
                "10.1.2.3\u0000",
            })
    void refusesWhatIsNoAddressAndSaysHowToWriteOne(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IpAddress.parse(text))
                .withMessageStartingWith("'" + text + "' is not an IP address")
                .withMessageContaining("write IPv4 as four numbers");
    }

    @Test
    void takesTheAddressOfASocket() throws Exception {
        InetAddress linkLocal =
                Inet6Address.getByAddress("peer", HexFormat.of().parseHex("fe800000000000000000000000000001"), 3);

        assertThat(IpAddress.of(linkLocal)).isEqualTo(IpAddress.parse("fe80::1"));
        assertThat(IpAddress.of(InetAddress.getByAddress(new byte[] {10, 1, 2, (byte) 200})))
                .isEqualTo(IpAddress.parse("10.1.2.200"));
    }

    @ParameterizedTest
    @CsvSource({"0a0102c8, 10.1.2.200", "20010db8000000000000000000000001, 2001:db8::1"})
    void readsAndWritesBytesInNetworkOrder(String hex, String text) {
        byte[] bytes = HexFormat.of().parseHex(hex);

        assertThat(IpAddress.ofBytes(bytes)).isEqualTo(IpAddress.parse(text));
        assertThat(IpAddress.parse(text).toBytes()).isEqualTo(bytes);
    }

    @Test
    void takesMappedBytesForIpv4() {
        byte[] mapped = HexFormat.of().parseHex("00000000000000000000ffff0a0102c8");

        assertThat(IpAddress.ofBytes(mapped)).isEqualTo(IpAddress.parse("10.1.2.200"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 5, 15, 17})
    void refusesBytesOfAnotherLength(int length) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IpAddress.ofBytes(new byte[length]))
                .withMessage("An IP address has 4 or 16 bytes, not " + length);
    }

    @Test
    void sortsIpv4BeforeIpv6AndByUnsignedNumber() {
        assertThat(new String[] {
                    "255.255.255.255", "ffff::", "9.0.0.0", "200.0.0.1", "::1", "8000::", "7fff::1", "7fff::"
                })
                .extracting(IpAddress::parse)
                .satisfies(addresses -> assertThat(addresses.stream().sorted().map(IpAddress::toString))
                        .containsExactly(
                                "9.0.0.0",
                                "200.0.0.1",
                                "255.255.255.255",
                                "::1",
                                "7fff::",
                                "7fff::1",
                                "8000::",
                                "ffff::"));
    }

    @Test
    void doesNotTakeAnIpv4AddressForTheIpv6AddressThatBeginsAlike() {
        IpAddress ipv4 = IpAddress.parse("32.1.13.184");
        IpAddress ipv6 = IpAddress.parse("2001:db8::");

        assertThat(ipv4).isNotEqualTo(ipv6);
        assertThat(ipv4.hashCode()).isNotEqualTo(ipv6.hashCode());
    }
}
