package org.mailflow.smtp;

import java.util.List;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.StartTlsResponse;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.StartTlsCmdHandler;
import org.mailflow.core.decision.Reply;

/**
 * STARTTLS (RFC 3207): forgets everything that the client said in clear text, its EHLO name too, which James keeps. It
 * comes before the first mail of a connection or not at all: while a mail's content is read in clear text, commands
 * that somebody puts behind STARTTLS cannot be told from content.
 *
 * <p>Part of {@link MailflowHandlers}, which is all that a listener names:
 *
 * <pre>{@code
 * <handlerchain coreHandlersPackage="org.mailflow.smtp.MailflowHandlers"/>
 * }</pre>
 */
public final class MailflowStartTlsCmdHandler extends StartTlsCmdHandler {

    private static final Reply TOO_LATE = new Reply(503, "5.5.1", "STARTTLS comes before the first mail");

    /** For James, which makes it by name. */
    public MailflowStartTlsCmdHandler() {}

    @Override
    public Response onCommand(SMTPSession session, Request request) {
        if (Plaintext.hasCarriedContent(session)) {
            return Replies.response(TOO_LATE);
        }
        Response response = super.onCommand(session, request);
        if (response instanceof StartTlsResponse) {
            session.removeAttachment(SMTPSession.CURRENT_HELO_MODE, State.Connection);
            session.removeAttachment(SMTPSession.CURRENT_HELO_NAME, State.Connection);
        }
        return response;
    }

    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        return Plaintext.hasCarriedContent(session) ? List.of() : super.getImplementedEsmtpFeatures(session);
    }
}
