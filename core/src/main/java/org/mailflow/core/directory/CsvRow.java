package org.mailflow.core.directory;

import java.util.List;

/**
 * A record of a CSV file.
 *
 * @param line the line where it begins, counted from 1
 * @param fields its fields
 */
record CsvRow(int line, List<Field> fields) {

    /**
     * A field.
     *
     * @param column where its text begins, after the quote where it is quoted; counted from 1
     */
    record Field(String text, int column) {}

    CsvRow {
        fields = List.copyOf(fields);
    }
}
