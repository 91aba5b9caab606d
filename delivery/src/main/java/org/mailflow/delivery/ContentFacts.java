package org.mailflow.delivery;

import java.io.IOException;
import java.io.OutputStream;
import javax.mail.MessagingException;

/**
 * What MAIL FROM tells of the content to come.
 *
 * @param size octets, about
 * @param isEightBit whether an octet is beyond ASCII (RFC 6152)
 * @param hasEightBitBody whether one of the body is
 */
record ContentFacts(long size, boolean isEightBit, boolean hasEightBitBody) {

    /** Of content with some octets of ASCII before it. */
    static ContentFacts of(Content content, int before) throws IOException, MessagingException {
        Meter meter = new Meter();
        content.writeTo(meter);
        return new ContentFacts(before + meter.size, meter.isEightBit, meter.hasEightBitBody);
    }

    private static final class Meter extends OutputStream {
        private long size;
        private boolean isEightBit;
        private boolean hasEightBitBody;
        private boolean inBody;
        private boolean lineIsEmpty = true;

        @Override
        public void write(int b) {
            size++;
            if ((b & 0x80) != 0) {
                isEightBit = true;
                hasEightBitBody |= inBody;
            }
            if (!inBody) {
                look(b);
            }
        }

        private void look(int b) {
            if (b == '\n') {
                inBody = lineIsEmpty;
                lineIsEmpty = true;
            } else if (b != '\r') {
                lineIsEmpty = false;
            }
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            for (int i = offset; i < offset + length; i++) {
                write(bytes[i]);
            }
        }
    }
}
