package org.mailflow.smtp;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.smtp.SMTPSession;

/** What a session has used up of its limits, from its first command on, and whether it is over. STARTTLS and RSET give nothing back. */
final class SessionCounts {

    private static final AttachmentKey<Long> BEGAN = AttachmentKey.of("org.mailflow.began", Long.class);
    private static final AttachmentKey<AtomicInteger> ERRORS =
            AttachmentKey.of("org.mailflow.protocolErrors", AtomicInteger.class);
    private static final AttachmentKey<AtomicInteger> LOGON_FAILURES =
            AttachmentKey.of("org.mailflow.logonFailures", AtomicInteger.class);

    private static final AttachmentKey<Boolean> DISMISSED = AttachmentKey.of("org.mailflow.dismissed", Boolean.class);

    private SessionCounts() {}

    /** Notes that the connection is being closed. */
    static void dismiss(SMTPSession session) {
        session.setAttachment(DISMISSED, true, State.Connection);
    }

    /** Whether the connection is being closed: what arrived before it is closed is not carried out. */
    static boolean isDismissed(SMTPSession session) {
        return session.getAttachment(DISMISSED, State.Connection).isPresent();
    }

    /** How long ago the first command came. */
    static Duration age(SMTPSession session) {
        long now = System.nanoTime();
        long began = session.getAttachment(BEGAN, State.Connection).orElse(now);
        session.setAttachment(BEGAN, began, State.Connection);
        return Duration.ofNanos(now - began);
    }

    /** Counts a command that makes no sense. */
    static int protocolErrors(SMTPSession session) {
        return increment(session, ERRORS);
    }

    /** Counts a logon that failed. */
    static int logonFailures(SMTPSession session) {
        return increment(session, LOGON_FAILURES);
    }

    private static int increment(SMTPSession session, AttachmentKey<AtomicInteger> key) {
        AtomicInteger count = session.getAttachment(key, State.Connection).orElseGet(AtomicInteger::new);
        session.setAttachment(key, count, State.Connection);
        return count.incrementAndGet();
    }
}
