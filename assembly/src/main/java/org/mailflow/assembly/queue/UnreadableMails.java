package org.mailflow.assembly.queue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.TreeMap;
import java.util.UUID;
import javax.jms.JMSException;
import javax.jms.Message;
import javax.jms.ObjectMessage;
import org.apache.activemq.command.ActiveMQMessage;
import org.apache.activemq.util.ByteSequence;
import org.apache.james.queue.api.MailQueueName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what was in a queue and cannot be made a mail of, byte by byte: {@code NAME.eml} is the content, {@code NAME.txt} the
 * envelope and everything else that the queue knew. Both are on disk before the queue forgets it.
 */
final class UnreadableMails {
    private static final Logger LOGGER = LoggerFactory.getLogger(UnreadableMails.class);

    private final Path directory;

    UnreadableMails(Path directory) {
        this.directory = directory;
    }

    void keep(MailQueueName queue, Message message, Throwable cause) throws IOException, JMSException {
        String name = queue.asString() + "-" + UUID.randomUUID();
        Files.createDirectories(directory);
        write(directory.resolve(name + ".eml"), content(message));
        write(directory.resolve(name + ".txt"), facts(message, cause).getBytes(StandardCharsets.UTF_8));
        try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
            entries.force(true);
        }
        LOGGER.error(
                "What is in queue {} is no mail and was put into {}", queue.asString(), directory.resolve(name), cause);
    }

    private static String facts(Message message, Throwable cause) throws JMSException {
        TreeMap<String, Object> facts = new TreeMap<>();
        for (Enumeration<?> names = message.getPropertyNames(); names.hasMoreElements(); ) {
            String property = names.nextElement().toString();
            facts.put(property, message.getObjectProperty(property));
        }
        StringBuilder text = new StringBuilder("cause: " + cause + "\n");
        facts.forEach((property, value) -> text.append(property)
                .append(": ")
                .append(String.valueOf(value).replace("\n", "\\n"))
                .append('\n'));
        return text.toString();
    }

    private static byte[] content(Message message) {
        try {
            if (message instanceof ObjectMessage object && object.getObject() instanceof byte[] bytes) {
                return bytes;
            }
        } catch (JMSException e) {
            LOGGER.warn("The content is kept as the broker has it", e);
        }
        ByteSequence raw = message instanceof ActiveMQMessage known ? known.getContent() : null;
        return raw == null
                ? new byte[0]
                : Arrays.copyOfRange(raw.getData(), raw.getOffset(), raw.getOffset() + raw.getLength());
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }
}
