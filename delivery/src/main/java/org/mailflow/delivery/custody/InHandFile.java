package org.mailflow.delivery.custody;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mailflow.delivery.ReplacedFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of {@link InHand}: a line {@code +mail} when a mail is taken in hand, {@code -mail} when it is out of hand again,
 * and {@code =count mail} for the endings so far. A line that is none, as a crash may leave behind, is passed over.
 */
final class InHandFile {

    static final String BEGIN = "+";
    static final String END = "-";

    private static final Logger LOGGER = LoggerFactory.getLogger(InHandFile.class);
    private static final Pattern LINE = Pattern.compile("([+-])(\\S+/\\S+)|=([0-9]{1,6}) (\\S+/\\S+)");
    private static final long LARGE = 1 << 20;
    /** More suspects than any server has in hand: what is beyond has long left its queue by another way. */
    private static final int MOST = 10_000;

    private final Path file;
    private @Nullable FileChannel channel;
    private long appended;

    InHandFile(Path file) {
        this.file = file;
    }

    static String counted(int count, String word) {
        return "=" + count + " " + word;
    }

    /** Reads the file, counts an ending for what was in hand, and begins it anew, synced. */
    Map<String, Integer> open() throws IOException {
        Map<String, Integer> endings = new HashMap<>();
        Map<String, Integer> held = new HashMap<>();
        if (Files.exists(file)) {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            // Behind the last line end is what a crash cut off.
            text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(line -> take(line, endings, held));
        }
        held.keySet().forEach(word -> endings.merge(word, 1, Integer::sum));
        if (endings.size() > MOST) {
            LOGGER.warn("{} mails were in hand when the process ended; their counts begin anew", endings.size());
            endings.clear();
        }
        if (!endings.isEmpty()) {
            LOGGER.warn("{} mails were in hand when the process ended", endings.size());
        }
        rewrite(endings, Map.of());
        return endings;
    }

    private static void take(String line, Map<String, Integer> endings, Map<String, Integer> held) {
        Matcher read = LINE.matcher(line);
        if (!read.matches()) {
            return;
        }
        if (read.group(3) != null) {
            endings.put(read.group(4), Integer.valueOf(read.group(3)));
        } else if (read.group(1).equals(BEGIN)) {
            held.merge(read.group(2), 1, Integer::sum);
        } else {
            held.computeIfPresent(read.group(2), (word, count) -> count == 1 ? null : count - 1);
            endings.remove(read.group(2));
        }
    }

    void append(String line) throws IOException {
        FileChannel open = channel;
        if (open == null) {
            throw new IOException(file + " is not open");
        }
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
        appended += bytes.remaining();
        while (bytes.hasRemaining()) {
            open.write(bytes);
        }
    }

    boolean isLarge() {
        return appended > LARGE;
    }

    /** Puts a file in the place of this one that says the same in fewer lines. */
    void rewrite(Map<String, Integer> endings, Map<String, Integer> held) throws IOException {
        StringBuilder lines = new StringBuilder();
        endings.forEach((word, count) -> lines.append(counted(count, word)).append('\n'));
        held.forEach((word, count) -> lines.append((BEGIN + word + "\n").repeat(count)));
        FileChannel renewed = ReplacedFile.write(file, lines.toString().getBytes(StandardCharsets.ISO_8859_1));
        close();
        channel = renewed;
        appended = 0;
    }

    void close() {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                LOGGER.warn("{} cannot be closed: {}", file, e.toString());
            }
        }
    }
}
