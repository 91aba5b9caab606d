package org.mailflow.smtp;

import javax.net.ssl.SSLSession;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPRetCode;
import org.apache.james.protocols.smtp.SMTPSession;
import org.jspecify.annotations.Nullable;

/**
 * The guard against commands that somebody on the wire puts behind STARTTLS (CVE-2011-0411). James switches it off for
 * DATA, and never on again.
 */
final class Plaintext {

    private static final String NO_CIPHER = "SSL_NULL_WITH_NULL_NULL";

    private Plaintext() {}

    /** Switches the guard on after a reply, unless the client now sends a mail's content. */
    static @Nullable Response guardAfter(SMTPSession session, @Nullable Response response) {
        if (response != null && !response.getRetCode().equals(SMTPRetCode.DATA_READY) && !session.isTLSStarted()) {
            session.startDetectingCommandInjection();
        }
        return response;
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
