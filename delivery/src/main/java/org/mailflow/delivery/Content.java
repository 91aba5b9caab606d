package org.mailflow.delivery;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import javax.mail.MessagingException;
import org.mailflow.core.mime.SevenBitCopy;

/** The octets of a mail, header and body, as they are handed over in one transaction. */
@FunctionalInterface
interface Content {

    /** Writes them, the same each time. */
    void writeTo(OutputStream out) throws IOException, MessagingException;

    /** A copy for a host without 8BITMIME. */
    default SevenBitCopy.Result inSevenBits() throws IOException, MessagingException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writeTo(bytes);
        return SevenBitCopy.of(bytes.toByteArray());
    }
}
