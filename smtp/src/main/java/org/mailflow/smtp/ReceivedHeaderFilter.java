package org.mailflow.smtp;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.apache.james.core.MailAddress;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.LineHandler;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.DataLineFilter;
import org.apache.james.smtpserver.ExtendedSMTPSession;
import org.jspecify.annotations.Nullable;
import org.mailflow.core.decision.Stamp;
import org.mailflow.core.decision.Transaction;

/**
 * Writes the trace header of this server in front of a mail's own (RFC 5321, 4.4), with TLS, peer and connector of the
 * hop; see {@link ReceivedHeader}. It asks no DNS.
 *
 * <p>Part of {@link MailflowHandlers}, which is all that a listener names:
 *
 * <pre>{@code
 * <handlerchain coreHandlersPackage="org.mailflow.smtp.MailflowHandlers"/>
 * }</pre>
 */
public final class ReceivedHeaderFilter implements DataLineFilter {

    private static final AttachmentKey<Boolean> WRITTEN =
            AttachmentKey.of("org.mailflow.receivedWritten", Boolean.class);

    /** For James, which makes it by name. */
    public ReceivedHeaderFilter() {}

    @Override
    public @Nullable Response onLine(SMTPSession session, byte[] line, LineHandler<SMTPSession> next) {
        if (session.getAttachment(WRITTEN, State.Transaction).isEmpty()) {
            session.setAttachment(WRITTEN, true, State.Transaction);
            for (String headerLine : header(session).lines()) {
                Response response = next.onLine(session, (headerLine + "\r\n").getBytes(StandardCharsets.US_ASCII));
                if (response != null) {
                    return response;
                }
            }
        }
        return next.onLine(session, line);
    }

    private static ReceivedHeader header(SMTPSession session) {
        Transaction transaction = Transactions.require(session);
        Stamp stamp = transaction.stamp(Instant.now());
        return new ReceivedHeader(
                session.getAttachment(SMTPSession.CURRENT_HELO_NAME, State.Connection)
                        .orElse("unknown"),
                stamp.clientIp(),
                transaction.mailflow().server().fqdn(),
                protocol(session),
                stamp.tls(),
                ReceivedHeader.peer(stamp.identity()),
                stamp.connector(),
                ((ExtendedSMTPSession) session).getMimeMessageWriter().getSourceId(),
                onlyRecipient(session),
                ZonedDateTime.now(ZoneId.systemDefault()));
    }

    /** RFC 3848. */
    private static String protocol(SMTPSession session) {
        boolean extended = session.getAttachment(SMTPSession.CURRENT_HELO_MODE, State.Connection)
                .filter("EHLO"::equals)
                .isPresent();
        if (!extended) {
            return "SMTP";
        }
        return "ESMTP" + (session.isTLSStarted() ? "S" : "") + (session.getUsername() == null ? "" : "A");
    }

    /** Of several recipients none is written down: they may not be meant to know of each other. */
    private static Optional<String> onlyRecipient(SMTPSession session) {
        List<MailAddress> recipients =
                session.getAttachment(SMTPSession.RCPT_LIST, State.Transaction).orElseGet(List::of);
        return recipients.size() == 1 ? Optional.of(recipients.get(0).asString()) : Optional.empty();
    }
}
