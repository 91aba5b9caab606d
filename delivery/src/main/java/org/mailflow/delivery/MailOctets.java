package org.mailflow.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.apache.james.server.core.MimeMessageWrapper;

/**
 * Writes a message as the octets that it came with, and a changed one with those of every field that was not changed. James
 * itself writes each octet of a header that is beyond ASCII as a question mark.
 */
public final class MailOctets {

    private static final String LINE_END = "\r\n";

    private MailOctets() {}

    /** Writes a message; the same each time. */
    public static void write(MimeMessage message, OutputStream out) throws IOException, MessagingException {
        if (!(message instanceof MimeMessageWrapper wrapper)) {
            message.writeTo(out);
            return;
        }
        if (wrapper.isBodyModified()) {
            BehindHeader body = new BehindHeader(wrapper, out);
            wrapper.writeTo(OutputStream.nullOutputStream(), body);
            body.begin();
            return;
        }
        try (InputStream in = wrapper.getMessageInputStream()) {
            // One that was taken apart, or changed, comes as a header of James' making, with an octet for each of ours,
            // and a
            // body.
            if (in instanceof SequenceInputStream) {
                byte[] header = header(wrapper);
                out.write(header);
                in.skipNBytes(header.length);
            }
            in.transferTo(out);
        }
    }

    private static byte[] header(MimeMessage message) throws MessagingException {
        StringBuilder lines = new StringBuilder();
        Collections.list(message.getAllHeaderLines())
                .forEach(line -> lines.append(line).append(LINE_END));
        return lines.append(LINE_END).toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Writes the header before the first octet of the body: until then James may still change it. */
    private static final class BehindHeader extends OutputStream {
        private final MimeMessage message;
        private final OutputStream out;
        private boolean begun;

        BehindHeader(MimeMessage message, OutputStream out) {
            this.message = message;
            this.out = out;
        }

        void begin() throws IOException {
            if (begun) {
                return;
            }
            begun = true;
            try {
                out.write(header(message));
            } catch (MessagingException e) {
                throw new IOException("the header cannot be read", e);
            }
        }

        @Override
        public void write(int b) throws IOException {
            begin();
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length > 0) {
                begin();
                out.write(bytes, offset, length);
            }
        }
    }
}
