package org.mailflow.core.ip;

import java.util.Arrays;
import java.util.List;

/** Cuts the line of all addresses of a family wherever a network begins or ends. For {@link PrefixIndex}. */
final class Cuts {

    private final List<IpPrefix> networks;
    private final int[] around;
    private final long[] high;
    private final long[] low;
    private final int[] innermost;
    private int count;

    /** Takes networks of one family in their order; of equal ones the last counts as the innermost. */
    Cuts(List<IpPrefix> networks) {
        int most = 2 * networks.size();
        this.networks = networks;
        this.around = new int[networks.size()];
        this.high = new long[most];
        this.low = new long[most];
        this.innermost = new int[most];
        int open = PrefixIndex.NONE;
        for (int i = 0; i < networks.size(); i++) {
            while (open != PrefixIndex.NONE && !networks.get(open).contains(networks.get(i))) {
                open = close(open);
            }
            around[i] = open;
            open = i;
            cut(networks.get(i).network().high(), networks.get(i).network().low(), i);
        }
        while (open != PrefixIndex.NONE) {
            open = close(open);
        }
    }

    /** Cuts after the last address of a network, unless that is the last of all, and tells the network around it. */
    private int close(int index) {
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
        boolean again = count > 0 && high[count - 1] == atHigh && low[count - 1] == atLow;
        int piece = again ? count - 1 : count++;
        high[piece] = atHigh;
        low[piece] = atLow;
        innermost[piece] = network;
    }

    /** The first 64 bits of the first address of each piece, in order. */
    long[] high() {
        return Arrays.copyOf(high, count);
    }

    /** The last 64 bits of the first address of each piece. */
    long[] low() {
        return Arrays.copyOf(low, count);
    }

    /** The innermost network of each piece, or {@link PrefixIndex#NONE}. */
    int[] innermost() {
        return Arrays.copyOf(innermost, count);
    }

    /** The innermost network around each network, or {@link PrefixIndex#NONE}. */
    int[] around() {
        return around;
    }
}
