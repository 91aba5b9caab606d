package org.mailflow.core.ip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpRangeTest {

    @ParameterizedTest
    @CsvSource({
        "192.168.0.1-192.168.0.254, 192.168.0.1 192.168.0.2/31 192.168.0.4/30 192.168.0.8/29 192.168.0.16/28"
                + " 192.168.0.32/27 192.168.0.64/26 192.168.0.128/26 192.168.0.192/27 192.168.0.224/28 192.168.0.240/29"
                + " 192.168.0.248/30 192.168.0.252/31 192.168.0.254",
        "192.0.2.0-192.0.2.255, 192.0.2.0/24",
        "192.0.2.7-192.0.2.7, 192.0.2.7",
        "192.0.2.255-192.0.3.0, 192.0.2.255 192.0.3.0",
        "0.0.0.0-255.255.255.255, 0.0.0.0/0",
        "0.0.0.1-0.0.0.1, 0.0.0.1",
        "255.255.255.254-255.255.255.255, 255.255.255.254/31",
        "::ffff:10.0.0.0-10.0.0.3, 10.0.0.0/30",
        "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ::/0",
        "2001:db8::1-2001:db8::6, 2001:db8::1 2001:db8::2/127 2001:db8::4/127 2001:db8::6",
        "2001:db8::ffff:ffff:ffff:ffff-2001:db8:0:2::, 2001:db8::ffff:ffff:ffff:ffff 2001:db8:0:1::/64 2001:db8:0:2::",
        "::fffe:ffff:ffff-::1:0:0:0, ::fffe:ffff:ffff ::1:0:0:0",
    })
    void isTheFewestNetworksThatHoldIt(String range, String networks) {
        assertThat(IpPrefix.parseAll(range)).extracting(IpPrefix::toString).containsExactly(networks.split(" "));
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.1, 10.0.0.1", "10.0.0.1/24, 10.0.0.0/24", "::1, ::1"})
    void readsASingleAddressOrNetworkInPlaceOfARange(String text, String canonical) {
        assertThat(IpPrefix.parseAll(text)).containsExactly(IpPrefix.parse(canonical));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "10.0.0.9-10.0.0.1 | The range 10.0.0.9-10.0.0.1 runs backwards: write 10.0.0.1-10.0.0.9",
                "10.0.0.1-::1 | The range 10.0.0.1-::1 runs from IPv4 to IPv6: write one range for each family",
                "::1-::ffff:10.0.0.1 | The range ::1-10.0.0.1 runs from IPv4 to IPv6: write one range for each family",
            })
    void saysWhatIsWrongWithARangeAndHowToMendIt(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IpPrefix.parseAll(text))
                .withMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1-",
                "-10.0.0.1",
                "-",
                "10.0.0.1 - 10.0.0.9",
                "10.0.0.1-9",
                "10.0.0.1-10.0.0.9-10.0.0.20",
                "10.0.0.0/24-10.0.1.0/24",
                "10.0.0.1--10.0.0.9",
                "mail-1.contoso.com",
            })
    void refusesWhatIsNoRange(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> IpPrefix.parseAll(text));
    }
}
