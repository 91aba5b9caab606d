package org.mailflow.core.directory;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Counts the quotes of a CSV file: the CSV reader takes the end of the file for a closing quote. */
final class QuoteCounter extends FilterReader {

    private long quotes;

    QuoteCounter(Reader in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        quotes += next == '"' ? 1 : 0;
        return next;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        for (int i = offset; i < offset + count; i++) {
            quotes += buffer[i] == '"' ? 1 : 0;
        }
        return count;
    }

    long quotes() {
        return quotes;
    }
}
