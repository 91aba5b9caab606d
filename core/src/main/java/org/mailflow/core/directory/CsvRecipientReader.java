package org.mailflow.core.directory;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.directory.CsvHeader.Column;

/** Reads one recipient file to its end, whatever is wrong on the way. */
final class CsvRecipientReader {

    private static final String FILE = "recipients";
    private static final int LONGEST_FIELD = 1 << 20;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final CappedProblems problems;
    private final AddressFields fields;
    private final RecipientTableBuilder recipients = new RecipientTableBuilder();
    private final CsvRowHandler handler = new CsvRowHandler();

    CsvRecipientReader(String name) {
        this.problems = new CappedProblems(name);
        this.fields = new AddressFields(problems);
    }

    CsvReading read(Path file) {
        try (Reader reader =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            read(reader);
        } catch (NoSuchFileException e) {
            problems.error(1, 1, FILE, "the file is not there", "Make it, or correct its name in the configuration");
        } catch (IOException | UncheckedIOException e) {
            problems.error(1, 1, FILE, "the file cannot be read (" + e.getMessage() + ")", "Let the server read it");
        }
        RecipientTable table = recipients.build(this::duplicate);
        if (problems.hasErrors()) {
            return new CsvReading(Optional.empty(), problems.inOrder());
        }
        if (table.size() == 0) {
            problems.warning(
                    FILE,
                    "no recipient is in the file",
                    "Until there is one, all mail to authoritative " + "domains is refused");
        }
        return new CsvReading(Optional.of(new CsvRecipients(table)), problems.inOrder());
    }

    private void read(Reader reader) throws IOException {
        reader.mark(1);
        if (reader.read() != BYTE_ORDER_MARK) {
            reader.reset();
        }
        QuoteCounter counter = new QuoteCounter(reader);
        try (CsvReader<CsvRow> csv = CsvReader.builder()
                .allowExtraFields(true)
                .allowMissingFields(true)
                .maxBufferSize(LONGEST_FIELD)
                .build(handler, counter)) {
            rows(csv.iterator());
            if (counter.quotes() < handler.quotes()) {
                unclosed();
            }
        } catch (CsvParseException e) {
            unreadable(e);
        }
    }

    private void rows(Iterator<CsvRow> rows) {
        if (!rows.hasNext()) {
            problems.error(1, 1, FILE, "the file is empty", CsvHeader.REMEDY);
            return;
        }
        Optional<CsvHeader> header = CsvHeader.read(rows.next(), problems);
        if (header.isPresent()) {
            rows.forEachRemaining(row -> row(header.get(), row));
        }
    }

    private void row(CsvHeader header, CsvRow row) {
        int expected = header.columns().size();
        if (row.fields().size() != expected) {
            problems.error(
                    row.line(),
                    1,
                    FILE,
                    "the row has " + row.fields().size() + " fields, the header has " + expected,
                    "Separate fields by one comma each, and several proxyAddresses by blanks or semicolons");
            return;
        }
        Optional<EmailAddress> primary = single(header, Column.PRIMARY, row);
        Optional<EmailAddress> target = single(header, Column.TARGET, row);
        Set<EmailAddress> proxies = field(header, Column.PROXIES, row)
                .map(field -> fields.proxies(field, row.line()))
                .orElse(Set.of());
        primary.ifPresent(address -> add(address, target, proxies, row.line()));
    }

    private Optional<EmailAddress> single(CsvHeader header, Column column, CsvRow row) {
        Optional<CsvRow.Field> field = field(header, column, row);
        if (column == Column.PRIMARY && field.map(CsvRow.Field::text).orElse("").isBlank()) {
            int place = field.map(CsvRow.Field::column).orElse(1);
            problems.error(row.line(), place, column.title(), "the address is missing", "Add it, or take the row out");
        }
        return field.flatMap(present -> fields.single(column, present, row.line()));
    }

    private static Optional<CsvRow.Field> field(CsvHeader header, Column column, CsvRow row) {
        int index = header.columns().indexOf(column);
        return index < 0 ? Optional.empty() : Optional.of(row.fields().get(index));
    }

    private void add(EmailAddress primary, Optional<EmailAddress> target, Set<EmailAddress> proxies, int line) {
        // Exchange lists the primary and the target address among the proxy addresses once more.
        List<EmailAddress> further = proxies.stream()
                .filter(proxy -> !proxy.equals(primary) && !target.equals(Optional.of(proxy)))
                .toList();
        recipients.add(new Recipient(primary, target, further), line);
    }

    private void duplicate(EmailAddress address, Column column, int line, int firstLine) {
        problems.error(
                line,
                1,
                column.title(),
                address + " belongs to the recipient of line " + firstLine + " already",
                "Leave the address with one of them");
    }

    private void unclosed() {
        problems.error(
                handler.line(), 1, FILE, "a quoted field of the row is not closed", "Close it; is the file cut off?");
    }

    private void unreadable(CsvParseException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        problems.error(
                handler.line(),
                1,
                FILE,
                "the row cannot be read, nor what follows it (" + cause.getMessage() + ")",
                "Quote a field from its first to its last character, and write a quote in it twice (RFC 4180)");
    }
}
