package org.mailflow.core.directory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.address.EmailAddress;

/**
 * Recipients as bytes, and a hash table of the positions of their addresses: some 70 bytes for a recipient with four
 * addresses, where objects would take 700. Immutable.
 */
final class RecipientTable {

    static final int EMPTY = -1;

    private final BytePages rows;
    private final int size;
    private final DomainNumbers domains;
    private final int[] slots;

    RecipientTable(BytePages rows, int size, DomainNumbers domains, int[] slots) {
        this.rows = rows;
        this.size = size;
        this.domains = domains;
        this.slots = slots;
    }

    /** How many recipients there are. */
    int size() {
        return size;
    }

    /** The domains of primary addresses, each with the line of its first recipient. */
    Map<DomainName, Integer> primaryDomains() {
        Map<DomainName, Integer> lines = new LinkedHashMap<>();
        for (int page = 0; page < rows.count(); page++) {
            int offset = 0;
            while (offset < rows.page(page).length) {
                StoredRow row = new StoredRow(rows.page(page), offset);
                row.next();
                lines.putIfAbsent(domains.domain(row.domain()), row.line());
                while (row.next()) {
                    // The other addresses stand between this row and the next.
                }
                offset = row.end();
            }
        }
        return lines;
    }

    Optional<Recipient> find(EmailAddress address) {
        int domain = domains.find(address.domain());
        if (domain == DomainNumbers.UNKNOWN) {
            return Optional.empty();
        }
        int position = slots[slotOf(rows, slots, address.localPart(), domain)];
        return position == EMPTY ? Optional.empty() : Optional.of(recipient(position));
    }

    /** The slot that holds the row with this address, or the empty slot where it would go. */
    static int slotOf(BytePages rows, int[] slots, String local, int domain) {
        long hash = Integer.toUnsignedLong(StoredRow.hash(local, domain));
        int slot = (int) ((hash * slots.length) >>> Integer.SIZE);
        while (slots[slot] != EMPTY && !holds(rows, slots[slot], local, domain)) {
            slot = slot + 1 == slots.length ? 0 : slot + 1;
        }
        return slot;
    }

    private static boolean holds(BytePages rows, int position, String local, int domain) {
        StoredRow row = rowAt(rows, position);
        while (row.next()) {
            if (row.is(local, domain)) {
                return true;
            }
        }
        return false;
    }

    static StoredRow rowAt(BytePages rows, int position) {
        return new StoredRow(rows.pageOf(position), BytePages.offsetOf(position));
    }

    private Recipient recipient(int position) {
        StoredRow row = rowAt(rows, position);
        row.next();
        EmailAddress primary = address(row);
        Optional<EmailAddress> target = Optional.empty();
        if (row.hasTarget()) {
            row.next();
            target = Optional.of(address(row));
        }
        List<EmailAddress> proxies = new ArrayList<>();
        while (row.next()) {
            proxies.add(address(row));
        }
        return new Recipient(primary, target, proxies);
    }

    private EmailAddress address(StoredRow row) {
        return new EmailAddress(row.local(), domains.domain(row.domain()));
    }
}
