package org.mailflow.core.ip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class IpMapTest {

    private static IpAddress ip(String text) {
        return IpAddress.parse(text);
    }

    private static IpPrefix net(String text) {
        return IpPrefix.parse(text);
    }

    private final IpMap<String> connectors = IpMap.<String>builder()
            .put(net("10.0.0.0/8"), "wide")
            .put(net("10.1.0.0/16"), "first")
            .put(net("10.1.0.0/16"), "second")
            .put(net("10.1.255.255"), "last host")
            .put(net("255.0.0.0/8"), "end")
            .put(net("2001:db8::/32"), "six")
            .put(net("2001:db8::/64"), "subnet")
            .put(net("ffff::/16"), "six end")
            .build();

    @Test
    void findsTheLongestNetworkThatHoldsTheAddress() {
        assertThat(connectors.longestMatch(ip("10.0.255.255"))).contains("wide");
        assertThat(connectors.longestMatch(ip("10.1.255.254"))).contains("first");
        assertThat(connectors.longestMatch(ip("10.1.255.255"))).contains("last host");
        assertThat(connectors.longestMatch(ip("10.2.0.0"))).contains("wide");
        assertThat(connectors.longestMatch(ip("11.0.0.0"))).isEmpty();
        assertThat(connectors.longestMatch(ip("0.0.0.0"))).isEmpty();
        assertThat(connectors.longestMatch(ip("255.255.255.255"))).contains("end");
        assertThat(connectors.longestMatch(ip("2001:db8:0:0:ffff::"))).contains("subnet");
        assertThat(connectors.longestMatch(ip("2001:db8:0:1::"))).contains("six");
        assertThat(connectors.longestMatch(ip("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")))
                .contains("six end");
    }

    @Test
    void listsAllNetworksThatHoldTheAddressTheLongestFirst() {
        assertThat(connectors.allMatches(ip("10.1.255.255"))).containsExactly("last host", "first", "second", "wide");
        assertThat(connectors.allMatches(ip("10.9.9.9"))).containsExactly("wide");
        assertThat(connectors.allMatches(ip("12.0.0.1"))).isEmpty();
        assertThat(connectors.allMatches(ip("2001:db8::1"))).containsExactly("subnet", "six");
    }

    @Test
    void keepsTheFamiliesApart() {
        IpMap<String> all = IpMap.<String>builder().put(net("::/0"), "six").build();

        assertThat(all.longestMatch(ip("10.1.2.3"))).isEmpty();
        assertThat(all.longestMatch(ip("::ffff:10.1.2.3"))).isEmpty();
        assertThat(all.longestMatch(ip("::10.1.2.3"))).contains("six");
    }

    @Test
    void isEmptyWithoutEntries() {
        IpMap<String> empty = IpMap.<String>builder().build();

        assertThat(empty.size()).isZero();
        assertThat(empty.longestMatch(ip("10.1.2.3"))).isEmpty();
        assertThat(empty.allMatches(ip("::1"))).isEmpty();
    }

    @Test
    void doesNotChangeWithItsBuilder() {
        IpMap.Builder<String> builder = IpMap.builder();
        IpMap<String> before = builder.build();

        builder.put(net("10.0.0.0/8"), "later");

        assertThat(before.allMatches(ip("10.1.2.3"))).isEqualTo(List.of());
        assertThat(builder.build().size()).isEqualTo(1);
    }
}
