package org.mailflow.benchmarks.relay;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads the lines and the contents of an SMTP session, with as little work as that takes. */
final class SmtpInput {

    private static final int SIZE = 64 * 1024;
    private static final int WHOLE = 5;
    private static final int LAST_LINE = 3;

    private final byte[] buffer = new byte[SIZE];
    private InputStream input;
    private int position;
    private int end;

    SmtpInput(InputStream input) {
        this.input = input;
    }

    /** Goes on with another stream; what was read ahead is thrown away, as RFC 3207 wants. */
    void replace(InputStream stream) {
        input = stream;
        position = 0;
        end = 0;
    }

    /** Whether the other side has sent more than was asked for. */
    boolean hasMore() {
        return position < end;
    }

    /**
     * A line without its end.
     *
     * @throws EOFException where there is none any more
     */
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            for (int i = position; i < end; i++) {
                if (buffer[i] == '\n') {
                    line.append(new String(buffer, position, i - position, US_ASCII));
                    position = i + 1;
                    int length = line.length();
                    return length > 0 && line.charAt(length - 1) == '\r'
                            ? line.substring(0, length - 1)
                            : line.toString();
                }
            }
            line.append(new String(buffer, position, end - position, US_ASCII));
            fill();
        }
    }

    /** Reads a content to its end, and tells how many octets it had. */
    int content() throws IOException {
        int octets = 0;
        // How much of CR LF dot CR LF was just seen; a content begins as if after a line.
        int seen = 2;
        while (true) {
            while (position < end) {
                int from = position;
                if (seen == 0) {
                    skipToReturn();
                }
                if (position < end) {
                    seen = next(seen, buffer[position]);
                    position++;
                }
                octets += position - from;
                if (seen == WHOLE) {
                    return octets - LAST_LINE;
                }
            }
            fill();
        }
    }

    private void skipToReturn() {
        while (position < end && buffer[position] != '\r') {
            position++;
        }
    }

    private static int next(int seen, byte octet) {
        return switch (octet) {
            case '\r' -> seen == 3 ? 4 : 1;
            case '\n' -> seen == 1 ? 2 : seen == 4 ? WHOLE : 0;
            case '.' -> seen == 2 ? 3 : 0;
            default -> 0;
        };
    }

    private void fill() throws IOException {
        position = 0;
        end = Math.max(0, input.read(buffer, 0, SIZE));
        if (end == 0) {
            throw new EOFException("the other side has closed the connection");
        }
    }
}
