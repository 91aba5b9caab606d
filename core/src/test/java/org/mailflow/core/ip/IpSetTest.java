package org.mailflow.core.ip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IpSetTest {

    private static IpSet set(String... prefixes) {
        return IpSet.of(Stream.of(prefixes).map(IpPrefix::parse).toList());
    }

    @Test
    void holdsTheAddressesOfAllItsNetworks() {
        IpSet set = set("192.0.2.0/24", "192.0.3.0/24", "192.0.2.128/25", "2001:db8::/32");

        assertThat(Stream.of("192.0.2.0", "192.0.2.200", "192.0.3.255", "::ffff:192.0.2.1", "2001:db8:1::")
                        .map(IpAddress::parse))
                .allMatch(set::contains);
        assertThat(Stream.of("192.0.1.255", "192.0.4.0", "::192.0.2.1", "2001:db9::", "2001:db7:ffff::")
                        .map(IpAddress::parse))
                .noneMatch(set::contains);
    }

    @Test
    void namesTheNetworkThatHoldsTheAddress() {
        IpSet set = set("10.0.0.0/8", "10.1.0.0/16");

        assertThat(set.longestMatch(IpAddress.parse("10.1.2.3"))).contains(IpPrefix.parse("10.1.0.0/16"));
        assertThat(set.longestMatch(IpAddress.parse("11.1.2.3"))).isEmpty();
    }

    @Test
    void isEqualWhereItsNetworksAre() {
        IpSet one = set("10.0.0.0/8", "::1", "10.0.0.9/8");
        IpSet other = set("::1", "10.0.0.0/8");

        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other).isNotEqualTo(set("::1"));
        assertThat(one.prefixes()).extracting(IpPrefix::toString).isEqualTo(List.of("10.0.0.0/8", "::1"));
        assertThat(one).hasToString("[10.0.0.0/8, ::1]");
    }

    @Test
    void holdsNothingWhereItIsEmpty() {
        assertThat(set().isEmpty()).isTrue();
        assertThat(set().contains(IpAddress.parse("0.0.0.0"))).isFalse();
        assertThat(set("0.0.0.0/0").isEmpty()).isFalse();
    }
}
