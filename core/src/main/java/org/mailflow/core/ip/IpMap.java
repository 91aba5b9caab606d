package org.mailflow.core.ip;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Values by network, looked up by address: which inbound connector a peer's address belongs to. Immutable; the time of
 * a lookup does not depend on the table but for its logarithm.
 *
 * @param <V> what a network stands for
 */
public final class IpMap<V> {

    private final Family<V> ipv4;
    private final Family<V> ipv6;

    private IpMap(List<Entry<V>> entries) {
        this.ipv4 = Family.of(entries, true);
        this.ipv6 = Family.of(entries, false);
    }

    /** A table to be filled. */
    public static <V> Builder<V> builder() {
        return new Builder<>();
    }

    /** How many entries the table has. */
    public int size() {
        return ipv4.values.size() + ipv6.values.size();
    }

    /** The value of the longest network that holds the address; of equal networks, of the one that was put first. */
    public Optional<V> longestMatch(IpAddress address) {
        Family<V> family = familyOf(address);
        int network = family.index.innermost(address);
        return network == PrefixIndex.NONE ? Optional.empty() : Optional.of(family.values.get(network));
    }

    /** The values of all networks that hold the address, the longest network first, equal ones as they were put. */
    public List<V> allMatches(IpAddress address) {
        Family<V> family = familyOf(address);
        List<V> matches = new ArrayList<>();
        int network = family.index.innermost(address);
        while (network != PrefixIndex.NONE) {
            matches.add(family.values.get(network));
            network = family.index.around(network);
        }
        return List.copyOf(matches);
    }

    private Family<V> familyOf(IpAddress address) {
        return address.isIpv4() ? ipv4 : ipv6;
    }

    private record Entry<V>(IpPrefix prefix, V value) {}

    private record Family<V>(PrefixIndex index, List<V> values) {

        static <V> Family<V> of(List<Entry<V>> entries, boolean ipv4) {
            List<Entry<V>> sorted = new ArrayList<>();
            for (int i = entries.size() - 1; i >= 0; i--) {
                // Backwards, because the sort is stable and the last of equal networks is the innermost.
                if (entries.get(i).prefix.network().isIpv4() == ipv4) {
                    sorted.add(entries.get(i));
                }
            }
            sorted.sort((one, other) -> one.prefix.compareTo(other.prefix));
            return new Family<>(
                    new PrefixIndex(sorted.stream().map(Entry::prefix).toList()),
                    sorted.stream().map(Entry::value).toList());
        }
    }

    /**
     * Collects the entries of a table. Not for several threads.
     *
     * @param <V> what a network stands for
     */
    public static final class Builder<V> {

        private final List<Entry<V>> entries = new ArrayList<>();

        private Builder() {}

        /** Adds an entry; a network may be put more than once. */
        public Builder<V> put(IpPrefix prefix, V value) {
            entries.add(new Entry<>(prefix, value));
            return this;
        }

        /** The table as it is now. */
        public IpMap<V> build() {
            return new IpMap<>(entries);
        }
    }
}
