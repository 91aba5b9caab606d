package org.mailflow.core.ip;

import java.util.Arrays;
import java.util.List;

/**
 * Where the networks of one family begin and end, for lookup by address. The line of all addresses is cut wherever a
 * network begins or ends; of each piece we know the innermost network, and of each network the one around it.
 *
 * <p>Measured before this was written: a trie of the ipaddress library takes 1.3 to 1.8 µs and leaves 344 to 432 bytes
 * of garbage for a lookup in 100,000 networks.
 */
final class PrefixIndex {

    /** No network. */
    static final int NONE = -1;

    private final int[] around;
    // The pieces: the first address of each, in order, and the innermost network there.
    private long[] high;
    private long[] low;
    private int[] innermost;
    private int pieces;

    /** Takes networks of one family in their order; of equal ones the last counts as the innermost. */
    PrefixIndex(List<IpPrefix> networks) {
        int most = 2 * networks.size();
        around = new int[networks.size()];
        high = new long[most];
        low = new long[most];
        innermost = new int[most];
        int open = NONE;
        for (int i = 0; i < networks.size(); i++) {
            IpPrefix network = networks.get(i);
            open = closeUntil(network, open, networks);
            around[i] = open;
            open = i;
            cut(network.network().high(), network.network().low(), i);
        }
        closeAll(open, networks);
        high = Arrays.copyOf(high, pieces);
        low = Arrays.copyOf(low, pieces);
        innermost = Arrays.copyOf(innermost, pieces);
    }

    private int closeUntil(IpPrefix next, int open, List<IpPrefix> networks) {
        int network = open;
        while (network != NONE && !networks.get(network).contains(next)) {
            network = close(network, networks);
        }
        return network;
    }

    private void closeAll(int open, List<IpPrefix> networks) {
        int network = open;
        while (network != NONE) {
            network = close(network, networks);
        }
    }

    /** Cuts after the last address of a network, unless that is the last of all. */
    private int close(int index, List<IpPrefix> networks) {
        IpAddress first = networks.get(index).network();
        int length = networks.get(index).length();
        long endHigh = first.high();
        long endLow = first.low();
        if (length > Long.SIZE) {
            endLow += 1L << (2 * Long.SIZE - length);
            endHigh += endLow == 0 ? 1 : 0;
        } else if (length > 0) {
            endHigh += 1L << (Long.SIZE - length);
        }
        if (length > 0 && (endHigh != 0 || endLow != 0)) {
            cut(endHigh, endLow, around[index]);
        }
        return around[index];
    }

    private void cut(long atHigh, long atLow, int network) {
        boolean again = pieces > 0 && high[pieces - 1] == atHigh && low[pieces - 1] == atLow;
        int piece = again ? pieces - 1 : pieces++;
        high[piece] = atHigh;
        low[piece] = atLow;
        innermost[piece] = network;
    }

    /** The longest network that holds the address, or {@link #NONE}. */
    int innermost(IpAddress address) {
        int piece = pieceOf(address.high(), address.low());
        return piece < 0 ? NONE : innermost[piece];
    }

    /** The next longer network around this one, or {@link #NONE}. */
    int around(int network) {
        return around[network];
    }

    private int pieceOf(long wantedHigh, long wantedLow) {
        int from = 0;
        int to = pieces;
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
