package org.mailflow.delivery;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes content as SMTP carries it (RFC 5321, 2.3.8 and 4.5.2): lines end with CRLF, a leading dot is doubled. A line
 * feed of its own becomes a line end, a carriage return of its own a blank: either would let a mail smuggle lines, or
 * whole mails, past hosts that read them differently.
 */
final class ContentOutput extends OutputStream {

    private final OutputStream out;
    private boolean pendingReturn;
    private boolean lineStart = true;

    ContentOutput(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        int octet = b & 0xFF;
        if (octet == '\n') {
            pendingReturn = false;
            out.write('\r');
            out.write('\n');
            lineStart = true;
            return;
        }
        resolveReturn();
        if (octet == '\r') {
            pendingReturn = true;
            return;
        }
        if (octet == '.' && lineStart) {
            out.write('.');
        }
        out.write(octet);
        lineStart = false;
    }

    private void resolveReturn() throws IOException {
        if (pendingReturn) {
            pendingReturn = false;
            out.write(' ');
            lineStart = false;
        }
    }

    /** Ends the last line, and the content. */
    void end() throws IOException {
        resolveReturn();
        if (!lineStart) {
            write('\n');
        }
        out.write('.');
        out.write('\r');
        out.write('\n');
        out.flush();
    }
}
