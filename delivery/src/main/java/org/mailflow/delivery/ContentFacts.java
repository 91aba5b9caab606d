package org.mailflow.delivery;

import java.io.IOException;
import java.io.OutputStream;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;

/**
 * What MAIL FROM tells of the content to come.
 *
 * @param size octets, about
 * @param isEightBit whether an octet is beyond ASCII (RFC 6152)
 */
record ContentFacts(long size, boolean isEightBit) {

    /** Of a message with some octets of ASCII before it. */
    static ContentFacts of(MimeMessage message, int before) throws IOException, MessagingException {
        Meter meter = new Meter();
        message.writeTo(meter);
        return new ContentFacts(before + meter.size, meter.isEightBit);
    }

    private static final class Meter extends OutputStream {
        private long size;
        private boolean isEightBit;

        @Override
        public void write(int b) {
            size++;
            isEightBit |= (b & 0x80) != 0;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            for (int i = offset; i < offset + length; i++) {
                write(bytes[i]);
            }
        }
    }
}
