package org.mailflow.testing.smtp;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Transparency of DATA (RFC 5321 section 4.5.2), to the letter: only CR LF ends a line, only CR LF dot CR LF ends the
 * mail, and every other byte is content.
 */
final class DotStuffing {
    private static final int CR = '\r';
    private static final int LF = '\n';
    private static final int DOT = '.';

    private DotStuffing() {}

    /** What goes over the wire for a mail, the final dot included. A mail that does not end in CR LF is given one. */
    static byte[] stuff(byte[] mail) {
        ByteArrayOutputStream wire = new ByteArrayOutputStream(mail.length + 64);
        boolean lineStart = true;
        int previous = 0;
        for (byte b : mail) {
            if (lineStart && b == DOT) {
                wire.write(DOT);
            }
            wire.write(b);
            lineStart = b == LF && previous == CR;
            previous = b;
        }
        if (!lineStart) {
            wire.write(CR);
            wire.write(LF);
        }
        wire.write(DOT);
        wire.write(CR);
        wire.write(LF);
        return wire.toByteArray();
    }

    /**
     * Reads up to and including the final dot.
     *
     * @return the mail, its last line end included
     * @throws EOFException when the stream ends before the mail does
     */
    static byte[] unstuff(InputStream in) throws IOException {
        ByteArrayOutputStream mail = new ByteArrayOutputStream();
        boolean lineStart = true;
        int previous = 0;
        while (true) {
            int b = read(in);
            if (lineStart && b == DOT) {
                b = read(in);
                previous = DOT;
                if (b == CR) {
                    b = read(in);
                    if (b == LF) {
                        return mail.toByteArray();
                    }
                    mail.write(CR);
                    previous = CR;
                }
            }
            mail.write(b);
            lineStart = b == LF && previous == CR;
            previous = b;
        }
    }

    private static int read(InputStream in) throws IOException {
        int b = in.read();
        if (b < 0) {
            throw new EOFException("the connection ended inside the content of a mail");
        }
        return b;
    }
}
