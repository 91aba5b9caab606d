package org.mailflow.assembly.queue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.apache.james.server.core.MimeMessageSource;
import org.apache.james.server.core.MimeMessageWrapper;
import org.mailflow.delivery.MailOctets;

/**
 * A message as it is stored. Whoever did not change it can put it into another queue without writing it again.
 */
final class StoredBody implements MimeMessageSource {

    private static final String PREFIX = "queued-";

    private final Bodies store;
    private final long number;
    private final byte[] content;

    /** The octets are not to be changed. */
    StoredBody(Bodies store, long number, byte[] content) {
        this.store = store;
        this.number = number;
        this.content = content;
    }

    @Override
    public String getSourceId() {
        return store.word() + PREFIX + number;
    }

    @Override
    public InputStream getInputStream() {
        return new ByteArrayInputStream(content);
    }

    @Override
    public long getMessageSize() {
        return content.length;
    }

    /** The number of a message that is stored as it is; empty where it is another, or was changed. */
    static OptionalLong numberOf(MimeMessage message, Bodies store) {
        String prefix = store.word() + PREFIX;
        if (message instanceof MimeMessageWrapper wrapper
                && !wrapper.isModified()
                && wrapper.getSourceId() != null
                && wrapper.getSourceId().startsWith(prefix)) {
            return OptionalLong.of(Long.parseLong(wrapper.getSourceId().substring(prefix.length())));
        }
        return OptionalLong.empty();
    }

    /**
     * The octets of a message: those that came, but for what somebody changed.
     *
     * @throws MessagingException where they cannot be read: the fault of the mail, not of the store
     */
    static byte[] octetsOf(MimeMessage message, long size) throws MessagingException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream((int) Math.max(size, 0));
        try {
            MailOctets.write(message, octets);
        } catch (IOException e) {
            throw new MessagingException("the content of the mail cannot be read", e);
        }
        return octets.toByteArray();
    }
}
