package org.mailflow.smtp;

import java.util.Optional;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.smtp.SMTPSession;
import org.mailflow.core.decision.Transaction;

/**
 * Where a session keeps its transaction: in the state that James clears at RSET, HELO, EHLO, STARTTLS and the end of
 * DATA, so that nothing that was granted outlives it.
 */
final class Transactions {

    private static final AttachmentKey<Transaction> KEY =
            AttachmentKey.of("org.mailflow.transaction", Transaction.class);

    private Transactions() {}

    static void begin(SMTPSession session, Transaction transaction) {
        session.setAttachment(KEY, transaction, State.Transaction);
    }

    static Optional<Transaction> of(SMTPSession session) {
        return session.getAttachment(KEY, State.Transaction);
    }

    /**
     * The transaction that must be there.
     *
     * @throws IllegalStateException where it is not
     */
    static Transaction require(SMTPSession session) {
        return of(session).orElseThrow(() -> new IllegalStateException("a mail without a transaction"));
    }
}
