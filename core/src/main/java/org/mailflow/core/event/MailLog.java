package org.mailflow.core.event;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of a server, one line of JSON each, in {@code mail.log}. A file that was moved away (logrotate) is begun
 * anew. Where the file cannot be written, mail flows on and the server's own log says so.
 */
public final class MailLog implements MailEvents, Closeable {

    private static final Logger LOGGER = LoggerFactory.getLogger(MailLog.class);

    private final Path file;
    private final EventLines lines = new EventLines();
    private @Nullable Writer writer;

    /** Appends to this file, which need not exist. */
    public MailLog(Path file) {
        this.file = file;
    }

    @Override
    public synchronized void record(MailEvent event) {
        try {
            Writer out = open();
            out.write(lines.write(event) + "\n");
            out.flush();
        } catch (IOException e) {
            LOGGER.error("cannot write to {}: {}", file, e.toString());
            forget();
        }
    }

    private Writer open() throws IOException {
        if (writer != null && Files.exists(file)) {
            return writer;
        }
        forget();
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        boolean torn = endsWithinALine();
        Writer opened = Files.newBufferedWriter(
                file, StandardCharsets.US_ASCII, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        writer = opened;
        if (torn) {
            opened.write('\n');
        }
        return opened;
    }

    /** A crash or a full disk may have cut the last line short; the next event must not be part of it. */
    private boolean endsWithinALine() throws IOException {
        if (Files.notExists(file) || Files.size(file) == 0) {
            return false;
        }
        try (SeekableByteChannel end = Files.newByteChannel(file)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            end.position(end.size() - 1).read(last);
            return last.get(0) != '\n';
        }
    }

    private void forget() {
        try {
            close();
        } catch (IOException e) {
            LOGGER.warn("cannot close {}: {}", file, e.toString());
        }
    }

    /**
     * Reads the events of a file, in the order in which they happened; lines that are no events are passed over.
     *
     * @throws IOException where the file cannot be read
     */
    public static void read(Path file, Consumer<MailEvent> reader) throws IOException {
        EventLines lines = new EventLines();
        // Not Files.lines: it gives up at the first byte that is not UTF-8, as a crash may leave behind.
        try (BufferedReader text =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            text.lines().map(lines::read).flatMap(Optional::stream).forEach(reader);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        Writer open = writer;
        writer = null;
        if (open != null) {
            open.close();
        }
    }
}
