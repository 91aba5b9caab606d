package org.mailflow.core.ip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class IpLawsTest {

    private static final Pattern OCTETS = Pattern.compile(
            "((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])");

    @Property
    void theTextOfAnAddressReadsBackAsTheSame(@ForAll("addresses") IpAddress address) {
        assertThat(IpAddress.parse(address.toString())).isEqualTo(address);
        assertThat(IpAddress.ofBytes(address.toBytes())).isEqualTo(address);
    }

    @Property
    void theTextOfANetworkReadsBackAsTheSame(@ForAll("prefixes") IpPrefix prefix) {
        assertThat(IpPrefix.parse(prefix.toString())).isEqualTo(prefix);
    }

    @Property(tries = 5000)
    void takesATextWithDotsOnlyWhereItIsFourPlainNumbers(@ForAll("almostIpv4") String text) {
        boolean taken = catchThrowable(() -> IpAddress.parse(text)) == null;

        assertThat(taken).isEqualTo(OCTETS.matcher(text).matches());
    }

    @Property
    void holdsItsFirstAddressAndOneWithAnyHostBits(
            @ForAll("prefixes") IpPrefix prefix, @ForAll("addresses") IpAddress other) {
        assertThat(prefix.contains(prefix.network())).isTrue();
        assertThat(prefix.contains(other))
                .isEqualTo(other.isIpv4() == prefix.network().isIpv4()
                        && new IpPrefix(other, prefix.length()).equals(prefix));
    }

    @Property
    void aMapAnswersAsALoopOverItsEntriesWould(
            @ForAll("prefixLists") List<IpPrefix> prefixes, @ForAll("addressLists") List<IpAddress> addresses) {
        IpMap.Builder<Integer> builder = IpMap.builder();
        for (int i = 0; i < prefixes.size(); i++) {
            builder.put(prefixes.get(i), i);
        }
        IpMap<Integer> map = builder.build();
        IpSet set = IpSet.of(prefixes);

        for (IpAddress address : addresses) {
            List<Integer> expected = IntStream.range(0, prefixes.size())
                    .filter(i -> prefixes.get(i).contains(address))
                    .boxed()
                    .sorted(Comparator.comparing((Integer i) -> -prefixes.get(i).length()))
                    .toList();

            assertThat(map.allMatches(address)).isEqualTo(expected);
            assertThat(map.longestMatch(address)).isEqualTo(expected.stream().findFirst());
            assertThat(set.contains(address)).isEqualTo(!expected.isEmpty());
        }
    }

    @Property
    void theNetworksOfARangeAreTheRangeAndAsFewAsCanBe(
            @ForAll("addresses") IpAddress one,
            @ForAll("addresses") IpAddress two,
            @ForAll("addressLists") List<IpAddress> addresses) {
        if (one.isIpv4() != two.isIpv4()) {
            return;
        }
        IpRange range = one.compareTo(two) <= 0 ? new IpRange(one, two) : new IpRange(two, one);

        List<IpPrefix> networks = range.prefixes();

        assertThat(addresses)
                .allSatisfy(address -> assertThat(networks.stream().anyMatch(network -> network.contains(address)))
                        .isEqualTo(address.isIpv4() == one.isIpv4()
                                && range.first().compareTo(address) <= 0
                                && address.compareTo(range.last()) <= 0));
        assertThat(networks).isSorted().doesNotHaveDuplicates();
        for (int i = 1; i < networks.size(); i++) {
            IpPrefix before = networks.get(i - 1);
            IpPrefix after = networks.get(i);
            boolean twins = before.length() == after.length()
                    && before.length() > 0
                    && new IpPrefix(before.network(), before.length() - 1).contains(after);
            assertThat(twins).as("%s and %s make one network", before, after).isFalse();
        }
    }

    /** Few different bits, so that addresses meet and networks nest. */
    @Provide
    Arbitrary<IpAddress> addresses() {
        Arbitrary<Byte> octet = Arbitraries.of((byte) 0, (byte) 1, (byte) 0x7f, (byte) 0x80, (byte) 0xfe, (byte) 0xff);
        Arbitrary<IpAddress> ipv4 = octet.array(byte[].class).ofSize(4).map(IpAddress::ofBytes);
        Arbitrary<IpAddress> ipv6 = octet.array(byte[].class).ofSize(16).map(IpAddress::ofBytes);
        Arbitrary<IpAddress> near = Arbitraries.of("::", "::1", "::fffe:ffff:ffff", "::1:0:0:0", "2001:db8::", "ffff::")
                .map(IpAddress::parse);
        return Arbitraries.oneOf(ipv4, ipv6, near);
    }

    @Provide
    Arbitrary<IpPrefix> prefixes() {
        return Combinators.combine(addresses(), Arbitraries.integers().between(0, 128))
                .as((address, length) -> new IpPrefix(address, Math.min(length, address.width())));
    }

    @Provide
    Arbitrary<List<IpPrefix>> prefixLists() {
        return prefixes().list().ofMaxSize(40);
    }

    @Provide
    Arbitrary<List<IpAddress>> addressLists() {
        return addresses().list().ofMaxSize(40);
    }

    @Provide
    Arbitrary<String> almostIpv4() {
        Arbitrary<String> number = Arbitraries.of(
                "0", "1", "9", "10", "99", "100", "249", "255", "256", "00", "01", "", "-1", "1e1", "x", "*");
        return number.list().ofMinSize(3).ofMaxSize(5).map(numbers -> String.join(".", numbers));
    }
}
