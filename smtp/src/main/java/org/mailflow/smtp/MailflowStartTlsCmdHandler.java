package org.mailflow.smtp;

import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.StartTlsResponse;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.StartTlsCmdHandler;

/**
 * STARTTLS (RFC 3207): forgets everything that the client said in clear text, its EHLO name too, which James keeps.
 *
 * <p>Part of {@link MailflowHandlers}, which is all that a listener names:
 *
 * <pre>{@code
 * <handlerchain coreHandlersPackage="org.mailflow.smtp.MailflowHandlers"/>
 * }</pre>
 */
public final class MailflowStartTlsCmdHandler extends StartTlsCmdHandler {

    /** For James, which makes it by name. */
    public MailflowStartTlsCmdHandler() {}

    @Override
    public Response onCommand(SMTPSession session, Request request) {
        Response response = super.onCommand(session, request);
        if (response instanceof StartTlsResponse) {
            session.removeAttachment(SMTPSession.CURRENT_HELO_MODE, State.Connection);
            session.removeAttachment(SMTPSession.CURRENT_HELO_NAME, State.Connection);
        }
        return response;
    }
}
