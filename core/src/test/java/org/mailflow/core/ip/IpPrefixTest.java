package org.mailflow.core.ip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpPrefixTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "192.0.2.1/32, 192.0.2.1",
        "10.0.0.0/8, 10.0.0.0/8",
        "10.1.2.3/8, 10.0.0.0/8",
        "192.168.0.1/25, 192.168.0.0/25",
        "192.168.0.255/25, 192.168.0.128/25",
        "0.0.0.0/0, 0.0.0.0/0",
        "203.0.113.7/0, 0.0.0.0/0",
        "2001:db8::1, 2001:db8::1",
        "2001:db8::1/128, 2001:db8::1",
        "2001:DB8::1/32, 2001:db8::/32",
        "2001:db8:0:0:ffff::/65, 2001:db8:0:0:8000::/65",
        "::/0, ::/0",
        "::ffff:10.1.2.3, 10.1.2.3",
        "::ffff:10.1.2.3/128, 10.1.2.3",
        "::ffff:10.0.0.0/104, 10.0.0.0/8",
        "::ffff:a00:0/104, 10.0.0.0/8",
        "::ffff:0:0/96, 0.0.0.0/0",
        "::10.1.2.3/104, ::a00:0/104",
    })
    void readsAddressesAndNetworksAndClearsHostBits(String text, String canonical) {
        assertThat(IpPrefix.parse(text)).hasToString(canonical).isEqualTo(IpPrefix.parse(canonical));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "10.0.0.0/33 | '10.0.0.0/33' has a prefix longer than an IPv4 address: use /0 to /32",
                "10.0.0.0/128 | '10.0.0.0/128' has a prefix longer than an IPv4 address: use /0 to /32",
                "::1/129 | '::1/129' has a prefix longer than an IPv6 address: use /0 to /128",
                "::ffff:10.0.0.0/129 | '::ffff:10.0.0.0/129' has a prefix longer than an IPv6 address: use /0 to /128",
                "::ffff:10.0.0.0/8 | '::ffff:10.0.0.0/8' is an IPv4-mapped address with a prefix shorter than /96: write the IPv4 network, like 10.0.0.0/24",
                "10.0.0.0/-1 | '10.0.0.0/-1' has no prefix length after the slash: use /0 to /32, not a mask, without sign or leading zeros",
                "10.0.0.0/255.0.0.0 | '10.0.0.0/255.0.0.0' has no prefix length after the slash: use /0 to /32, not a mask, without sign or leading zeros",
            })
    void saysWhatIsWrongWithAPrefixAndHowToMendIt(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IpPrefix.parse(text))
                .withMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/",
                "10.0.0.0/+8",
                "10.0.0.0/08",
                "10.0.0.0/00",
                "10.0.0.0/8 ",
                "10.0.0.0/ 8",
                "10.0.0.0 /8",
                "10.0.0.0/8/8",
                "10.0.0.0//8",
                "10.0.0.0/0x8",
                "10.0.0.0/８",
                "10.0.0.0/2147483648",
                "10.0.0.0/4294967304",
                "::1/-1",
                "::1/ffff::",
                "/8",
                "/",
                "",
                "10/8",
                "10.1/16",
                "010.0.0.0/8",
                "0x0a.0.0.0/8",
                "167772160/8",
                "1*",
                "mail.contoso.com/24",
                "fe80::%eth0/64",
                "fe80::/64%eth0",
                "10.0.0.1-10.0.0.2",
            })
    void refusesWhatIsNoNetwork(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> IpPrefix.parse(text));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 33})
    void refusesALengthThatIpv4DoesNotHave(int length) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new IpPrefix(IpAddress.parse("10.0.0.0"), length))
                .withMessage("A prefix of 10.0.0.0 cannot be " + length + " bits long: use 0 to 32");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, 11.0.0.0",
        "10.0.0.0/8, 10.0.0.0, 9.255.255.255",
        "192.0.2.0/31, 192.0.2.1, 192.0.2.2",
        "192.0.2.1/32, 192.0.2.1, 192.0.2.0",
        "128.0.0.0/1, 255.0.0.0, 127.255.255.255",
        "2001:db8::/32, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, 2001:db9::",
        "2001:db8::/48, 2001:db8:0:ffff:ffff:ffff:ffff:ffff, 2001:db8:1::",
        "2001:db8::/63, 2001:db8:0:1:ffff:ffff:ffff:ffff, 2001:db8:0:2::",
        "2001:db8::/64, 2001:db8::ffff:ffff:ffff:ffff, 2001:db8:0:1::",
        "2001:db8::/65, 2001:db8::7fff:ffff:ffff:ffff, 2001:db8::8000:0:0:0",
        "2001:db8::/112, 2001:db8::ffff, 2001:db8::1:0",
        "2001:db8::/127, 2001:db8::1, 2001:db8::2",
        "2001:db8::/128, 2001:db8::, 2001:db8::1",
        "8000::/1, ffff::1, 7fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "10.0.0.0/8, ::ffff:10.1.2.3, ::10.1.2.3",
        "10.0.0.0/8, ::ffff:a01:203, 64:ff9b::10.1.2.3",
        "::ffff:10.0.0.0/104, 10.1.2.3, 2002:0a01:0203::",
        "0.0.0.0/0, 1.2.3.4, ::",
        "::/0, ::1, 10.1.2.3",
        "::/0, ::fffe:10.1.2.3, ::ffff:10.1.2.3",
    })
    void holdsItsAddressesAndNoneBeside(String prefix, String inside, String outside) {
        IpPrefix network = IpPrefix.parse(prefix);

        assertThat(network.contains(IpAddress.parse(inside))).isTrue();
        assertThat(network.contains(IpAddress.parse(outside))).isFalse();
    }

    @Test
    void holdsALongerPrefixOfItself() {
        IpPrefix ten = IpPrefix.parse("10.0.0.0/8");

        assertThat(ten.contains(ten)).isTrue();
        assertThat(ten.contains(IpPrefix.parse("10.9.0.0/16"))).isTrue();
        assertThat(ten.contains(IpPrefix.parse("11.0.0.0/16"))).isFalse();
        assertThat(ten.contains(IpPrefix.parse("10.0.0.0/7"))).isFalse();
        assertThat(ten.contains(IpPrefix.parse("a00::/16"))).isFalse();
    }
}
