package org.mailflow.core.ip;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The addresses of any number of networks, for example an allow list. Immutable. */
public final class IpSet {

    private final List<IpPrefix> prefixes;
    private final IpMap<IpPrefix> table;

    private IpSet(List<IpPrefix> prefixes) {
        IpMap.Builder<IpPrefix> builder = IpMap.builder();
        prefixes.forEach(prefix -> builder.put(prefix, prefix));
        this.prefixes = prefixes;
        this.table = builder.build();
    }

    /** The set of all addresses in these networks. */
    public static IpSet of(Collection<IpPrefix> prefixes) {
        return new IpSet(prefixes.stream().distinct().sorted().toList());
    }

    /** Whether any of the networks holds the address. */
    public boolean contains(IpAddress address) {
        return longestMatch(address).isPresent();
    }

    /** The longest network that holds the address: the reason that {@link #contains} has. */
    public Optional<IpPrefix> longestMatch(IpAddress address) {
        return table.longestMatch(address);
    }

    /** Whether the set holds no address. */
    public boolean isEmpty() {
        return prefixes.isEmpty();
    }

    /** The networks in order, each once. */
    public List<IpPrefix> prefixes() {
        return prefixes;
    }

    /** Sets are equal where they were made of the same networks. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IpSet set && set.prefixes.equals(prefixes);
    }

    @Override
    public int hashCode() {
        return prefixes.hashCode();
    }

    @Override
    public String toString() {
        return prefixes.toString();
    }
}
