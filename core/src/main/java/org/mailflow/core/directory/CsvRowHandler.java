package org.mailflow.core.directory;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.util.ArrayList;
import java.util.List;

/** Makes rows of what the CSV reader reads, with columns, and counts the quotes that it took. */
final class CsvRowHandler extends AbstractBaseCsvCallbackHandler<CsvRow> {

    private static final char QUOTE = '"';

    private final List<CsvRow.Field> fields = new ArrayList<>();
    private long line = 1;
    private int column = 1;
    private long quotes;

    @Override
    protected void handleBegin(long startingLineNumber) {
        fields.clear();
        line = startingLineNumber;
        column = 1;
    }

    @Override
    protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
        int inside = 0;
        for (int i = offset; i < offset + length; i++) {
            inside += buffer[i] == QUOTE ? 1 : 0;
        }
        // A quote inside a quoted field was written twice, and the field stands between two more.
        int quotesHere = quoted ? 2 * inside + 2 : inside;
        int opening = quoted ? 1 : 0;
        fields.add(new CsvRow.Field(new String(buffer, offset, length), column + opening));
        quotes += quotesHere;
        column += length - inside + quotesHere + 1;
    }

    @Override
    protected CsvRow buildRecord() {
        return new CsvRow(line(), fields);
    }

    /** The line where the row of the last call began. */
    int line() {
        return Math.toIntExact(line);
    }

    /** How many quotes the fields had in the file, if each quoted field was closed. */
    long quotes() {
        return quotes;
    }
}
