package org.mailflow.core.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which field of a row is what, as the first line of the file says.
 *
 * @param columns what each field is, from the left
 */
record CsvHeader(List<Column> columns) {

    /** What a field may be. */
    enum Column {
        PRIMARY("primaryAddress"),
        TARGET("targetAddress"),
        PROXIES("proxyAddresses");

        private final String title;

        Column(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }

        private static Optional<Column> titled(String title) {
            for (Column column : values()) {
                if (column.title.equalsIgnoreCase(title.strip())) {
                    return Optional.of(column);
                }
            }
            return Optional.empty();
        }
    }

    static final String REMEDY =
            "Begin the file with the line primaryAddress,targetAddress,proxyAddresses (the last two may be absent)";

    CsvHeader {
        columns = List.copyOf(columns);
    }

    /** Reads the first row; empty, with every reason in {@code problems}, where it is no header. */
    static Optional<CsvHeader> read(CsvRow row, CappedProblems problems) {
        List<Column> columns = new ArrayList<>();
        boolean known = true;
        for (CsvRow.Field field : row.fields()) {
            Optional<Column> column = Column.titled(field.text());
            if (column.isEmpty()) {
                problems.error(row.line(), field.column(), "header", unknown(field.text()), remedy(field.text()));
            } else if (columns.contains(column.get())) {
                String title = column.get().title();
                problems.error(row.line(), field.column(), title, "the column is there twice", "Take one of them out");
            }
            known &= column.isPresent() && !columns.contains(column.get());
            column.ifPresent(columns::add);
        }
        if (known && !columns.contains(Column.PRIMARY)) {
            problems.error(row.line(), 1, Column.PRIMARY.title(), "the column is missing", REMEDY);
            known = false;
        }
        return known ? Optional.of(new CsvHeader(columns)) : Optional.empty();
    }

    private static String unknown(String title) {
        return "'" + AddressFields.shorten(title) + "' is not a column of a recipient file";
    }

    private static String remedy(String title) {
        if (title.startsWith("#TYPE")) {
            return "Export with Export-Csv -NoTypeInformation";
        }
        if (AddressFields.isDamaged(title)) {
            return "Save the file as UTF-8 (Export-Csv -Encoding UTF8)";
        }
        return title.indexOf(';') >= 0 ? "Separate columns by commas, not semicolons" : REMEDY;
    }
}
