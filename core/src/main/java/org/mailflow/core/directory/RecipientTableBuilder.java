package org.mailflow.core.directory;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.directory.CsvHeader.Column;

/** Collects the recipients of a {@link RecipientTable}, then enters all their addresses at once. */
final class RecipientTableBuilder {

    /** Hears of an address that belongs to two recipients. */
    interface Duplicates {

        /**
         * An address was met a second time.
         *
         * @param column in which column of the later recipient it stands
         * @param line the line of the later recipient
         * @param firstLine the line of the first recipient
         */
        void found(EmailAddress address, Column column, int line, int firstLine);
    }

    private final BytePages rows = new BytePages();
    private final DomainNumbers domains = new DomainNumbers();
    private final ByteArrayOutputStream row = new ByteArrayOutputStream();
    private int size;
    private long addresses;

    void add(Recipient recipient, int line) {
        row.reset();
        String primaryLocal = recipient.primaryAddress().localPart();
        StoredRow.writeHead(
                row,
                line,
                recipient.targetAddress().isPresent(),
                recipient.proxyAddresses().size());
        StoredRow.writeAddress(row, primaryLocal, number(recipient.primaryAddress()), false);
        recipient.targetAddress().ifPresent(target -> write(target, primaryLocal));
        recipient.proxyAddresses().forEach(proxy -> write(proxy, primaryLocal));
        rows.append(row.toByteArray());
        size++;
    }

    private void write(EmailAddress address, String primaryLocal) {
        StoredRow.writeAddress(
                row, address.localPart(), number(address), address.localPart().equals(primaryLocal));
    }

    private int number(EmailAddress address) {
        addresses++;
        return domains.assign(address.domain());
    }

    /** The table of all recipients; of two with the same address the first has it. */
    RecipientTable build(Duplicates duplicates) {
        rows.seal();
        // At most three slots in five are taken: then a search seldom looks at more than two rows.
        int[] slots = new int[Math.toIntExact(addresses * 5 / 3 + 1)];
        Arrays.fill(slots, RecipientTable.EMPTY);
        for (int page = 0; page < rows.count(); page++) {
            int offset = 0;
            while (offset < rows.page(page).length) {
                offset = enter(slots, BytePages.position(page, offset), duplicates);
            }
        }
        return new RecipientTable(rows, size, domains, slots);
    }

    private int enter(int[] slots, int position, Duplicates duplicates) {
        StoredRow recipient = RecipientTable.rowAt(rows, position);
        Column column = Column.PRIMARY;
        while (recipient.next()) {
            String local = recipient.local();
            int slot = RecipientTable.slotOf(rows, slots, local, recipient.domain());
            if (slots[slot] == RecipientTable.EMPTY) {
                slots[slot] = position;
            } else if (slots[slot] != position) {
                StoredRow first = RecipientTable.rowAt(rows, slots[slot]);
                EmailAddress address = new EmailAddress(local, domains.domain(recipient.domain()));
                duplicates.found(address, column, recipient.line(), first.line());
            }
            column = column == Column.PRIMARY && recipient.hasTarget() ? Column.TARGET : Column.PROXIES;
        }
        return recipient.end();
    }
}
