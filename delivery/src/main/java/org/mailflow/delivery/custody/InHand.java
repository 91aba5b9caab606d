package org.mailflow.delivery.custody;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows which mails are in hand, and for each how often the process ended while it was. A mail that ends the process each
 * time that somebody touches it would otherwise do so for ever.
 *
 * <p>Noting costs a mail two writes that are not synced: they outlive the process, and a machine that loses its power is no
 * mail's fault. At the start what is still noted counts as an ending, and that is synced.
 */
public final class InHand {

    /**
     * A mail in a queue.
     *
     * @param queue the queue's name
     * @param mail the mail's name
     */
    public record Key(String queue, String mail) {

        /** One word, whatever the names are. */
        String word() {
            return URLEncoder.encode(queue, StandardCharsets.UTF_8) + "/"
                    + URLEncoder.encode(mail, StandardCharsets.UTF_8);
        }
    }

    private static final Logger LOGGER = LoggerFactory.getLogger(InHand.class);
    /** From so many endings on a mail is a suspect. One happens to every mail in hand when somebody kills the process. */
    private static final int SUSPECT = 2;

    private final Optional<InHandFile> file;
    private final Map<String, Integer> held = new HashMap<>();
    private final Map<String, Integer> endings;
    private final Set<String> suspectsInHand = new HashSet<>();

    private InHand(Optional<InHandFile> file, Map<String, Integer> endings) {
        this.file = file;
        this.endings = new HashMap<>(endings);
    }

    /**
     * Opens the notes of a server, which need not exist yet; every mail that is noted as in hand has one ending more.
     *
     * @throws IOException where they cannot be read or written
     */
    public static InHand in(Path file) throws IOException {
        InHandFile notes = new InHandFile(file);
        return new InHand(Optional.of(notes), notes.open());
    }

    /** Notes that do not outlive the process. */
    public static InHand inMemory() {
        return new InHand(Optional.empty(), Map.of());
    }

    /** How often the process ended while the mail was in hand, or the mail could not be put anywhere. */
    public synchronized int endings(Key key) {
        return endings.getOrDefault(key.word(), 0);
    }

    /**
     * Takes a mail in hand.
     *
     * @return whether it may be touched. Of the mails that were in hand at several endings only one may at a time: so the
     *     one that ends the process is found, and does not take the others with it
     */
    synchronized boolean begin(Key key) {
        String word = key.word();
        if (isSuspect(word)) {
            if (!suspectsInHand.isEmpty()) {
                return false;
            }
            suspectsInHand.add(word);
        }
        held.merge(word, 1, Integer::sum);
        note(InHandFile.BEGIN + word);
        return true;
    }

    /** The mail is out of hand, and safe. */
    synchronized void end(Key key) {
        String word = key.word();
        boolean wasHeld = held.containsKey(word);
        release(word);
        boolean counted = endings.remove(word) != null;
        if (wasHeld || counted) {
            note(InHandFile.END + word);
        }
    }

    /** The mail is out of hand, and had to be given back as it was: that counts as an ending. */
    synchronized void failed(Key key) {
        String word = key.word();
        release(word);
        int count = endings.merge(word, 1, Integer::sum);
        note(InHandFile.END + word);
        note(InHandFile.counted(count, word));
    }

    /** The mail is out of hand, and was given back as it was for trouble that is no fault of its own. */
    synchronized void givenBack(Key key) {
        String word = key.word();
        release(word);
        note(InHandFile.END + word);
        Optional.ofNullable(endings.get(word)).ifPresent(count -> note(InHandFile.counted(count, word)));
    }

    private void release(String word) {
        held.computeIfPresent(word, (key, count) -> count == 1 ? null : count - 1);
        suspectsInHand.remove(word);
    }

    private boolean isSuspect(String word) {
        return endings.getOrDefault(word, 0) >= SUSPECT;
    }

    /** A note that cannot be written stops no mail: a full disk is worse than a count that is missing. */
    private void note(String line) {
        if (file.isEmpty()) {
            return;
        }
        try {
            file.get().append(line);
            if (file.get().isLarge()) {
                file.get().rewrite(endings, held);
            }
        } catch (IOException e) {
            LOGGER.warn("It cannot be noted which mail is in hand: {}", e.toString());
        }
    }

    /** Closes the notes. */
    public synchronized void close() {
        file.ifPresent(InHandFile::close);
    }
}
