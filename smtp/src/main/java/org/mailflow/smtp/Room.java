package org.mailflow.smtp;

import java.util.Optional;
import org.apache.james.protocols.smtp.SMTPSession;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.storage.Storage;
import org.mailflow.core.storage.StorageGate;

/** Whether there is room for the mail of a session: when it is announced, and when it is there. */
final class Room {

    private final Storage storage;

    Room(Storage storage) {
        this.storage = storage;
    }

    /** Judges at MAIL, by the declared size. */
    Optional<StorageGate.Closed> forAnnounced(SMTPSession session, Mailflow mailflow) {
        return StorageGate.ask(mailflow.server(), storage, MailflowSizeExtension.declared(session));
    }

    /** Judges at the end of DATA, by the true size in bytes. */
    Optional<StorageGate.Closed> forReceived(Mailflow mailflow, long size) {
        return StorageGate.ask(mailflow.server(), storage, Math.max(size, 0));
    }
}
