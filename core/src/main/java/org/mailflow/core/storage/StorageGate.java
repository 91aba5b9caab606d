package org.mailflow.core.storage;

import java.io.IOException;
import java.util.Optional;
import org.mailflow.core.decision.Reason;
import org.mailflow.core.decision.Reply;
import org.mailflow.core.model.ServerSettings;

/**
 * Refuses new mail for a time before the disk is full (RFC 5321, 4.2.3: 452; back pressure of Exchange). What is left
 * then is for the mail that was accepted: to be delivered, a mail needs some room too.
 */
public final class StorageGate {

    private static final long MEGA = 1024L * 1024L;

    /**
     * Mail that there is no room for.
     *
     * @param reply the answer to the peer
     * @param reason how much room is left, and how much there should be
     */
    public record Closed(Reply reply, Reason reason) {}

    private StorageGate() {}

    /**
     * Judges a mail before it is taken, by the room that there is now. A storage that does not say takes no mail.
     *
     * @param size as for {@link #judge}
     * @return empty where there is room
     */
    public static Optional<Closed> ask(ServerSettings server, Storage storage, long size) {
        try {
            return judge(server, storage.free(), size);
        } catch (IOException e) {
            return Optional.of(
                    new Closed(Reply.TEMPORARY_FAILURE, Reason.of("it cannot be told how much room is left: " + e)));
        }
    }

    /**
     * Judges a mail by the room that there is for it.
     *
     * @param free the room that is left, in bytes
     * @param size how big the mail is, or says it will be (RFC 1870), in bytes; 0 where that is not known
     * @return empty where there is room
     */
    public static Optional<Closed> judge(ServerSettings server, long free, long size) {
        long reserve = server.minimumFreeSpace();
        if (free >= reserve && free - reserve >= size) {
            return Optional.empty();
        }
        String mail = size > 0 ? " beside a mail of " + inWords(size) : "";
        return Optional.of(new Closed(
                Reply.INSUFFICIENT_STORAGE,
                Reason.of(inWords(free) + " are free, and minimumFreeSpace demands " + inWords(reserve) + mail)));
    }

    private static String inWords(long bytes) {
        return bytes >= MEGA ? bytes / MEGA + " MB" : bytes + " bytes";
    }
}
