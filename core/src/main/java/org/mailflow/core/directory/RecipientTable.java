package org.mailflow.core.directory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.address.EmailAddress;

/**
 * Recipients as bytes, and an index of their addresses: some 70 bytes for a recipient with four
 * addresses, where objects would take 700. Immutable.
 */
final class RecipientTable {

    private final BytePages rows;
    private final int size;
    private final DomainNumbers domains;
    private final AddressIndex index;

    RecipientTable(BytePages rows, int size, DomainNumbers domains, AddressIndex index) {
        this.rows = rows;
        this.size = size;
        this.domains = domains;
        this.index = index;
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
                StoredRow row = StoredRow.at(rows, BytePages.position(page, offset));
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
        int position = index.find(address.localPart(), domain);
        return position == AddressIndex.NONE ? Optional.empty() : Optional.of(recipient(position));
    }

    private Recipient recipient(int position) {
        StoredRow row = StoredRow.at(rows, position);
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
