package org.mailflow.delivery;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.UnaryOperator;

/**
 * Writes a mail with another header: the bytes of the header are held until they are complete, and changed as a whole. The body goes
 * through as it is.
 */
final class HeaderOutput extends OutputStream {

    private final UnaryOperator<byte[]> rewriting;
    private final OutputStream out;
    private final ByteArrayOutputStream header = new ByteArrayOutputStream();
    private boolean pendingReturn;
    private boolean lineStart = true;
    private boolean over;

    /** Changes the header by this, which takes and gives lines with their ends, without the empty one behind them. */
    HeaderOutput(UnaryOperator<byte[]> rewriting, OutputStream out) {
        this.rewriting = rewriting;
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        if (over) {
            out.write(b);
            return;
        }
        int octet = b & 0xFF;
        if (octet == '\n') {
            pendingReturn = false;
            if (lineStart) {
                begin();
                out.write('\r');
                out.write('\n');
                return;
            }
            header.write('\r');
            header.write('\n');
            lineStart = true;
            return;
        }
        resolveReturn();
        if (octet == '\r') {
            pendingReturn = true;
            return;
        }
        header.write(octet);
        lineStart = false;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int next = offset;
        while (!over && next < offset + length) {
            write(bytes[next]);
            next++;
        }
        out.write(bytes, next, offset + length - next);
    }

    /** A carriage return of its own is a blank, as in {@link ContentOutput}: no reader may take it for a line end. */
    private void resolveReturn() {
        if (pendingReturn) {
            pendingReturn = false;
            header.write(' ');
            lineStart = false;
        }
    }

    private void begin() throws IOException {
        over = true;
        out.write(rewriting.apply(header.toByteArray()));
        header.reset();
    }

    /** Writes what is held of a mail that is nothing but a header. */
    void end() throws IOException {
        if (!over) {
            resolveReturn();
            if (!lineStart) {
                header.write('\r');
                header.write('\n');
            }
            begin();
        }
    }
}
