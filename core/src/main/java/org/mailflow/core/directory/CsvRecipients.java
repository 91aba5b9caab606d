package org.mailflow.core.directory;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.address.EmailAddress;

/**
 * The recipients of a CSV file (RFC 4180, UTF-8), all in memory: a million take less than 150 MB. Immutable; a changed
 * file is read again, into another table.
 *
 * <p>The first line names the columns, in any order: {@code primaryAddress}; {@code targetAddress}, empty or absent
 * where the mailbox is here; {@code proxyAddresses}, separated by blanks or semicolons. An address may begin with
 * {@code SMTP:} or {@code smtp:}, as Exchange exports it. An address belongs to one row.
 */
public final class CsvRecipients implements RecipientDirectory {

    private static final DirectoryAnswer NOT_FOUND = new DirectoryAnswer.NotFound();

    private final RecipientTable table;

    CsvRecipients(RecipientTable table) {
        this.table = table;
    }

    /**
     * Reads a file whole.
     *
     * @param file where it is
     * @param name how the administrator knows it, for the places of problems
     * @return the directory, or everything that is wrong with the file, also where it cannot be read at all
     */
    public static CsvReading read(Path file, String name) {
        return new CsvRecipientReader(name).read(file);
    }

    /** How many recipients there are. */
    public int size() {
        return table.size();
    }

    /** The domains of primary addresses, each with the line of its first recipient. It walks through the whole table. */
    public Map<DomainName, Integer> primaryDomains() {
        return table.primaryDomains();
    }

    /** Never {@link DirectoryAnswer.Unavailable}. */
    @Override
    public DirectoryAnswer find(EmailAddress address) {
        Optional<Recipient> recipient = table.find(address);
        return recipient.isPresent() ? new DirectoryAnswer.Found(recipient.get()) : NOT_FOUND;
    }
}
