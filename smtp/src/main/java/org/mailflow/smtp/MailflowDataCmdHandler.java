package org.mailflow.smtp;

import java.util.List;
import javax.inject.Inject;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.LineHandler;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.SMTPRetCode;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.DataLineFilter;
import org.apache.james.smtpserver.JamesDataCmdHandler;
import org.jspecify.annotations.Nullable;
import org.mailflow.core.decision.Reply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DATA (RFC 5321, 4.1.1.4): takes the mail in. The guard against commands behind STARTTLS rests while the content is
 * sent and at no other time; James' own handler leaves it off. Content that cannot be taken in is answered with 451.
 *
 * <p>Part of {@link MailflowHandlers}, which is all that a listener names:
 *
 * <pre>{@code
 * <handlerchain coreHandlersPackage="org.mailflow.smtp.MailflowHandlers"/>
 * }</pre>
 */
public final class MailflowDataCmdHandler extends JamesDataCmdHandler {

    private static final Logger LOGGER = LoggerFactory.getLogger(MailflowDataCmdHandler.class);
    private static final Reply MAIL_NEEDED = new Reply(503, "5.5.1", "Need MAIL before DATA");

    /** For James, which injects what is needed. */
    @Inject
    public MailflowDataCmdHandler(MetricFactory metricFactory) {
        super(metricFactory);
    }

    /** Refuses before James switches the guard off, so that there is no moment without it. */
    @Override
    public Response onCommand(SMTPSession session, Request request) {
        Response refusal = doDATAFilter(session, request.getArgument());
        return refusal != null ? refusal : super.onCommand(session, request);
    }

    @Override
    protected @Nullable Response doDATAFilter(SMTPSession session, @Nullable String argument) {
        return Transactions.of(session).isPresent()
                ? super.doDATAFilter(session, argument)
                : Replies.response(MAIL_NEEDED);
    }

    @Override
    protected SMTPResponse doDATA(SMTPSession session, @Nullable String argument) {
        SMTPResponse response = super.doDATA(session, argument);
        if (response.getRetCode().equals(SMTPRetCode.DATA_READY)) {
            ContentLimitFilter.begin(session);
        }
        return response;
    }

    @Override
    protected LineHandler<SMTPSession> getLineHandler() {
        LineHandler<SMTPSession> content = super.getLineHandler();
        return (session, line) -> {
            if (SessionCounts.isDismissed(session)) {
                return null;
            }
            Response response = Plaintext.guardAfter(session, take(content, session, line));
            if (response != null && response.isEndSession()) {
                // What follows may be the rest of the content: it must not be read as commands.
                SessionCounts.dismiss(session);
                session.resetState();
            }
            return response;
        };
    }

    /** As James has it, with its type. */
    @Override
    public List<Class<?>> getMarkerInterfaces() {
        return List.of(DataLineFilter.class);
    }

    private static @Nullable Response take(LineHandler<SMTPSession> content, SMTPSession session, byte[] line) {
        try {
            return content.onLine(session, line);
        } catch (RuntimeException | StackOverflowError e) {
            LOGGER.error("The content of a mail from {} cannot be taken in", Peers.address(session), e);
            SMTPResponse response = Replies.response(Reply.TEMPORARY_FAILURE);
            response.setEndSession(true);
            return response;
        }
    }
}
