package org.mailflow.smtp;

import java.util.List;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.AuthCmdHandler;
import org.mailflow.core.decision.Reply;

/**
 * AUTH (RFC 4954): only inside of TLS, only where the listener announces it, and never in the middle of a transaction.
 * What a user may send is decided recipient by recipient, as for everybody.
 *
 * <p>Part of {@link MailflowHandlers}; a listener for users announces AUTH:
 *
 * <pre>{@code
 * <auth>
 *   <announce>always</announce>
 *   <requireSSL>true</requireSSL>
 * </auth>
 * <handlerchain coreHandlersPackage="org.mailflow.smtp.MailflowHandlers"/>
 * }</pre>
 */
public final class MailflowAuthCmdHandler extends AuthCmdHandler {

    private static final Reply TLS_NEEDED =
            new Reply(538, "5.7.11", "Encryption required for requested authentication mechanism");
    private static final Reply NOT_OFFERED = new Reply(503, "5.5.1", "AUTH is not available here");
    private static final Reply IN_TRANSACTION = new Reply(503, "5.5.1", "AUTH is not permitted during a transaction");

    /** For James, which makes it by name. */
    public MailflowAuthCmdHandler() {}

    @Override
    public Response onCommand(SMTPSession session, Request request) {
        if (!session.isTLSStarted()) {
            return Replies.response(TLS_NEEDED);
        }
        if (!session.isAuthAnnounced()) {
            return Replies.response(NOT_OFFERED);
        }
        return Transactions.of(session).isPresent()
                ? Replies.response(IN_TRANSACTION)
                : super.onCommand(session, request);
    }

    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        return session.isTLSStarted() ? super.getImplementedEsmtpFeatures(session) : List.of();
    }
}
