package org.mailflow.core.directory;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Walks over the addresses of one recipient in a {@link RecipientTable}: primary, target where there is one, proxies.
 *
 * <p>A row is the line of the file, twice the number of proxies plus one where there is a target (both as varints), and
 * the addresses. An address is the length of its local part (a byte; 0 for the same local part as the primary's), the
 * number of its domain (a varint) and the local part as written.
 */
final class StoredRow {

    private static final int MORE = 0x80;

    private final byte[] bytes;
    private final int line;
    private final boolean hasTarget;
    private int left;
    private int at;
    private int primaryStart;
    private int primaryLength;
    private int start;
    private int length;
    private int domain;

    StoredRow(byte[] bytes, int offset) {
        this.bytes = bytes;
        this.at = offset;
        this.line = varint();
        int counts = varint();
        this.hasTarget = (counts & 1) == 1;
        this.left = 1 + (counts & 1) + (counts >>> 1);
    }

    static StoredRow at(BytePages rows, int position) {
        return new StoredRow(rows.pageOf(position), BytePages.offsetOf(position));
    }

    static void writeHead(ByteArrayOutputStream row, int line, boolean hasTarget, int proxies) {
        writeVarint(row, line);
        writeVarint(row, (proxies << 1) | (hasTarget ? 1 : 0));
    }

    static void writeAddress(ByteArrayOutputStream row, String local, int domain, boolean sameLocalAsPrimary) {
        row.write(sameLocalAsPrimary ? 0 : local.length());
        writeVarint(row, domain);
        if (!sameLocalAsPrimary) {
            row.writeBytes(local.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private static void writeVarint(ByteArrayOutputStream row, int value) {
        int rest = value;
        while (rest >= MORE) {
            row.write((rest & (MORE - 1)) | MORE);
            rest >>>= 7;
        }
        row.write(rest);
    }

    private int varint() {
        int value = 0;
        int shift = 0;
        byte next;
        do {
            next = bytes[at++];
            value |= (next & (MORE - 1)) << shift;
            shift += 7;
        } while (next < 0);
        return value;
    }

    /** Moves to the next address; false after the last. */
    boolean next() {
        if (left == 0) {
            return false;
        }
        left--;
        length = bytes[at++];
        domain = varint();
        start = at;
        at += length;
        if (primaryLength == 0) {
            primaryStart = start;
            primaryLength = length;
        } else if (length == 0) {
            start = primaryStart;
            length = primaryLength;
        }
        return true;
    }

    /** Whether this is the address at which the walk stands. */
    boolean is(String local, int domainNumber) {
        if (domain != domainNumber || length != local.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (lower(bytes[start + i]) != lower(local.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** A hash of an address that does not depend on the case of its letters. */
    static int hash(String local, int domain) {
        int hash = domain;
        for (int i = 0; i < local.length(); i++) {
            hash = 31 * hash + lower(local.charAt(i));
        }
        // The table takes the upper bits, which short names would leave alike.
        hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        return hash ^ (hash >>> 13);
    }

    private static int lower(int letter) {
        return letter >= 'A' && letter <= 'Z' ? letter | 0x20 : letter;
    }

    String local() {
        return new String(bytes, start, length, StandardCharsets.ISO_8859_1);
    }

    int domain() {
        return domain;
    }

    int line() {
        return line;
    }

    boolean hasTarget() {
        return hasTarget;
    }

    /** Where the next row begins, once the walk is over. */
    int end() {
        return at;
    }
}
