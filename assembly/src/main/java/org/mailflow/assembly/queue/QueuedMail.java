package org.mailflow.assembly.queue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.james.queue.api.MailQueueName;

/**
 * What a queue must know of a mail to hand it out in time; everything else is on disk.
 *
 * @param id its number: mails of the same priority leave in the order of their numbers
 * @param queue where it is
 * @param name of the mail
 * @param priority 0 to 9; the higher leaves first
 * @param due when it may leave, in milliseconds since the epoch
 * @param body the number of its message
 * @param size of its message in bytes
 */
record QueuedMail(long id, MailQueueName queue, String name, int priority, long due, long body, long size) {

    private static final int FORMAT = 1;
    private static final int HEAD = 200;

    /** The same mail, due at another time. */
    QueuedMail dueAt(long at) {
        return new QueuedMail(id, queue, name, priority, at, body, size);
    }

    /** As it is stored, with its envelope behind it. */
    byte[] stored(byte[] envelope) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(HEAD + envelope.length);
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(FORMAT);
        out.writeUTF(queue.asString());
        out.writeUTF(name);
        out.writeByte(priority);
        out.writeLong(due);
        out.writeLong(body);
        out.writeLong(size);
        out.write(envelope);
        return bytes.toByteArray();
    }

    /**
     * What is known of a stored mail.
     *
     * @throws IOException where it is no mail
     */
    static QueuedMail of(long id, byte[] stored) throws IOException {
        return head(id, new DataInputStream(new ByteArrayInputStream(stored)));
    }

    /**
     * The envelope of a stored mail.
     *
     * @throws IOException where it is no mail
     */
    static byte[] envelope(byte[] stored) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(stored));
        head(0, in);
        return in.readAllBytes();
    }

    private static QueuedMail head(long id, DataInputStream in) throws IOException {
        int format = in.readByte();
        if (format != FORMAT) {
            throw new IOException("mail " + id + " of the store has the unknown format " + format);
        }
        return new QueuedMail(
                id,
                MailQueueName.of(in.readUTF()),
                in.readUTF(),
                in.readByte(),
                in.readLong(),
                in.readLong(),
                in.readLong());
    }
}
