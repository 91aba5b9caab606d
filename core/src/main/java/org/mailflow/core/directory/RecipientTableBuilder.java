package org.mailflow.core.directory;

import java.io.ByteArrayOutputStream;
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
        AddressIndex index = new AddressIndex(rows, addresses);
        for (int page = 0; page < rows.count(); page++) {
            int offset = 0;
            while (offset < rows.page(page).length) {
                offset = enter(index, BytePages.position(page, offset), duplicates);
            }
        }
        return new RecipientTable(rows, size, domains, index);
    }

    private int enter(AddressIndex index, int position, Duplicates duplicates) {
        StoredRow recipient = StoredRow.at(rows, position);
        Column column = Column.PRIMARY;
        while (recipient.next()) {
            String local = recipient.local();
            int holder = index.enter(local, recipient.domain(), position);
            if (holder != position) {
                EmailAddress address = new EmailAddress(local, domains.domain(recipient.domain()));
                int firstLine = StoredRow.at(rows, holder).line();
                duplicates.found(address, column, recipient.line(), firstLine);
            }
            column = column == Column.PRIMARY && recipient.hasTarget() ? Column.TARGET : Column.PROXIES;
        }
        return recipient.end();
    }
}
