package org.mailflow.smtp;

import javax.net.ssl.SSLSession;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPRetCode;
import org.apache.james.protocols.smtp.SMTPSession;
import org.jspecify.annotations.Nullable;

/**
 * The guard against commands that somebody on the wire puts behind STARTTLS (CVE-2011-0411). James switches it off at
 * DATA, and never on again; and its decoder reads ahead of its handlers, so that even a guard that is on again right
 * after the content comes too late for what stood in the same packet.
 */
final class Plaintext {

    private static final String NO_CIPHER = "SSL_NULL_WITH_NULL_NULL";
    private static final AttachmentKey<Boolean> CONTENT =
            AttachmentKey.of("org.mailflow.contentInClearText", Boolean.class);

    private Plaintext() {}

    /** Switches the guard on after a reply, unless the client now sends a mail's content. */
    static @Nullable Response guardAfter(SMTPSession session, @Nullable Response response) {
        if (response == null || session.isTLSStarted()) {
            return response;
        }
        if (response.getRetCode().equals(SMTPRetCode.DATA_READY)) {
            session.setAttachment(CONTENT, true, State.Connection);
        } else {
            session.startDetectingCommandInjection();
        }
        return response;
    }

    /** Whether the guard was ever off: whether a mail's content was, or is, sent in clear text. */
    static boolean hasCarriedContent(SMTPSession session) {
        return session.getAttachment(CONTENT, State.Connection).isPresent();
    }

    /** Whether TLS was begun and the handshake is not over: what arrives now was sent in clear text. */
    static boolean isBeforeHandshake(SMTPSession session) {
        return session.isTLSStarted()
                && session.getSSLSession()
                        .map(SSLSession::getCipherSuite)
                        .filter(cipher -> !cipher.equals(NO_CIPHER))
                        .isEmpty();
    }
}
