package org.mailflow.core.directory;

import java.util.Arrays;

/**
 * A hash table from addresses to the positions of their rows: open addressing, linear probing. The bits of a slot that
 * no position needs hold a part of the hash, so that a search seldom looks at a row in vain: rows lie far apart in
 * memory, slots do not.
 */
final class AddressIndex {

    /** No row; no slot in use looks like this, because no position has all bits set. */
    static final int NONE = -1;

    private final BytePages rows;
    private final int[] slots;
    private final int positionBits;
    private final int positionMask;

    /**
     * An empty index.
     *
     * @param rows all rows
     * @param addresses the most addresses that will be entered
     */
    AddressIndex(BytePages rows, long addresses) {
        this.rows = rows;
        // At most three slots in five are taken, which keeps the runs of taken slots short.
        this.slots = new int[Math.toIntExact(addresses * 5 / 3 + 1)];
        this.positionBits = Integer.SIZE - Integer.numberOfLeadingZeros(rows.end());
        this.positionMask = (int) ((1L << positionBits) - 1);
        Arrays.fill(slots, NONE);
    }

    /** The position of the row with this address, or {@link #NONE}. */
    int find(String local, int domain) {
        int slot = slots[slotOf(local, domain)];
        return slot == NONE ? NONE : slot & positionMask;
    }

    /** Enters an address, unless a row has it already; tells the position of the row that has it now. */
    int enter(String local, int domain, int position) {
        int slot = slotOf(local, domain);
        if (slots[slot] == NONE) {
            slots[slot] = tag(StoredRow.hash(local, domain)) | position;
        }
        return slots[slot] & positionMask;
    }

    /** The slot of the address, or the empty one where it belongs. */
    private int slotOf(String local, int domain) {
        int hash = StoredRow.hash(local, domain);
        int tag = tag(hash);
        int at = (int) ((Integer.toUnsignedLong(hash) * slots.length) >>> Integer.SIZE);
        while (slots[at] != NONE
                && !((slots[at] & ~positionMask) == tag && holds(slots[at] & positionMask, local, domain))) {
            at = at + 1 == slots.length ? 0 : at + 1;
        }
        return at;
    }

    /** The lowest bits of the hash, moved to where no position is; the place of a slot depends on the highest. */
    private int tag(int hash) {
        return (int) ((long) hash << positionBits) & ~positionMask;
    }

    private boolean holds(int position, String local, int domain) {
        StoredRow row = StoredRow.at(rows, position);
        while (row.next()) {
            if (row.is(local, domain)) {
                return true;
            }
        }
        return false;
    }
}
