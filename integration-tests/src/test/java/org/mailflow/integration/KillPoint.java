package org.mailflow.integration;

import java.util.Optional;
import org.mailflow.core.event.MailEvent;

/** Where in a mail's life its server is killed: as soon as the log of mail events says that a mail is there. */
enum KillPoint {
    /** Wherever it is. */
    ANYWHERE(Optional.empty()),
    /** It was just accepted, and the client may not know yet. */
    SUBMITTED(Optional.of(MailEvent.Type.RECEIVED)),
    /** It is being split: a copy is enqueued, the others are not. */
    BETWEEN_COPIES(Optional.of(MailEvent.Type.TRANSFERRED)),
    /** The next hop or the mailbox has it, and its queue has it still. */
    DELIVERED(Optional.of(MailEvent.Type.DELIVERED)),
    /** The next hop refused it, and it is being put back. */
    DEFERRED(Optional.of(MailEvent.Type.DEFERRED));

    private final Optional<MailEvent.Type> sign;

    KillPoint(Optional<MailEvent.Type> sign) {
        this.sign = sign;
    }

    boolean isAt(MailEvent event) {
        return sign.map(type -> type == event.type()).orElse(true);
    }
}
