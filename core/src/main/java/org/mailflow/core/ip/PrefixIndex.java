package org.mailflow.core.ip;

import java.util.List;

/**
 * Where the networks of one family begin and end, for lookup by address. The line of all addresses is cut wherever a
 * network begins or ends; of each piece we know the innermost network, and of each network the one around it. Immutable.
 *
 * <p>Measured before this was written: a trie of the ipaddress library takes 1.3 to 1.8 µs and leaves 344 to 432 bytes
 * of garbage for a lookup in 100,000 networks.
 */
final class PrefixIndex {

    /** No network. */
    static final int NONE = -1;

    private final long[] high;
    private final long[] low;
    private final int[] innermost;
    private final int[] around;
    private final Buckets buckets;

    /** Takes networks of one family in their order; of equal ones the last counts as the innermost. */
    PrefixIndex(List<IpPrefix> networks) {
        Cuts cuts = new Cuts(networks);
        high = cuts.high();
        low = cuts.low();
        innermost = cuts.innermost();
        around = cuts.around();
        buckets = new Buckets(high);
    }

    /** The longest network that holds the address, or {@link #NONE}. */
    int innermost(IpAddress address) {
        int piece = pieceOf(address.high(), address.low());
        return piece < 0 ? NONE : innermost[piece];
    }

    /** The next larger network around it, or {@link #NONE}. */
    int around(int network) {
        return around[network];
    }

    private int pieceOf(long wantedHigh, long wantedLow) {
        if (buckets.isBefore(wantedHigh)) {
            return NONE;
        }
        int bucket = buckets.of(wantedHigh);
        int from = buckets.begin(bucket);
        int to = buckets.end(bucket);
        while (from < to) {
            int middle = (from + to) >>> 1;
            int order = Long.compareUnsigned(high[middle], wantedHigh);
            if (order < 0 || (order == 0 && Long.compareUnsigned(low[middle], wantedLow) <= 0)) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from - 1;
    }
}
