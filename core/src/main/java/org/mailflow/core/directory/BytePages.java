package org.mailflow.core.directory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Bytes in pages, each item whole on one page. No large pages, because a collector gives every array of half a region or
 * more whole regions, and because a growing array would need its own size again while it is copied.
 */
final class BytePages {

    private static final int OFFSET_BITS = 18;
    private static final int PAGE = 1 << OFFSET_BITS;
    // One less than an unsigned int can name, so that the end has a position, too.
    private static final int MOST_PAGES = (1 << (Integer.SIZE - OFFSET_BITS)) - 1;

    private final List<byte[]> pages = new ArrayList<>();
    private byte[] current = new byte[PAGE];
    private int used;

    /** Stores an item and tells its position. */
    int append(byte[] item) {
        if (used + item.length > current.length) {
            seal();
            current = new byte[Math.max(PAGE, item.length)];
        }
        System.arraycopy(item, 0, current, used, item.length);
        int position = (pages.size() << OFFSET_BITS) | used;
        used += item.length;
        return position;
    }

    /** Ends the current page. Nothing may be appended after the last. */
    void seal() {
        if (used == 0) {
            return;
        }
        if (pages.size() == MOST_PAGES) {
            throw new IllegalStateException("more than 4 GB of addresses; use a directory server for as many");
        }
        pages.add(Arrays.copyOf(current, used));
        used = 0;
    }

    /** The position after the last item, once the pages are sealed. */
    int end() {
        return position(pages.size(), 0);
    }

    int count() {
        return pages.size();
    }

    byte[] page(int number) {
        return pages.get(number);
    }

    byte[] pageOf(int position) {
        return pages.get(position >>> OFFSET_BITS);
    }

    static int offsetOf(int position) {
        return position & (PAGE - 1);
    }

    static int position(int page, int offset) {
        return (page << OFFSET_BITS) | offset;
    }
}
