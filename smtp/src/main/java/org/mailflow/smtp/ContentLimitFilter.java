package org.mailflow.smtp;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.core.MailAddress;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.LineHandler;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.DataLineFilter;
import org.apache.james.smtpserver.ExtendedSMTPSession;
import org.jspecify.annotations.Nullable;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.decision.Reply;
import org.mailflow.core.decision.SessionGuard;
import org.mailflow.core.decision.Transaction;
import org.mailflow.core.event.MailEvents;
import org.mailflow.core.mime.ContentScan;
import org.mailflow.core.mime.ContentScan.Refusal;
import org.mailflow.core.model.MimeLimits;
import org.mailflow.core.model.ServerSettings;
import org.mailflow.james.Addresses;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses a mail in which a second one could be hidden (a CR or LF that does not belong to a line end, a NUL), and one that is
 * larger, or built otherwise, than {@code mailflow.xml} allows. The content is measured while it comes in, before anything
 * else sees it. A refused mail is read to its end, kept nowhere and taken apart by nothing; the session goes on behind it. A
 * client that sends for longer than a session may last is cut off.
 *
 * <p>Part of {@link MailflowHandlers}, which is all that a listener names:
 *
 * <pre>{@code
 * <handlerchain coreHandlersPackage="org.mailflow.smtp.MailflowHandlers"/>
 * }</pre>
 */
public final class ContentLimitFilter implements DataLineFilter {

    private static final Logger LOGGER = LoggerFactory.getLogger(ContentLimitFilter.class);
    private static final AttachmentKey<ContentScan> SCAN =
            AttachmentKey.of("org.mailflow.contentScan", ContentScan.class);

    private final SessionEvents events;

    /** For James, which injects what is needed. */
    @Inject
    public ContentLimitFilter(MailEvents events) {
        this.events = new SessionEvents(events);
    }

    /** Content follows. */
    static void begin(SMTPSession session) {
        session.setAttachment(SCAN, new ContentScan(limits(session)), State.Transaction);
    }

    /** What the current transaction's mail is measured by. */
    static MimeLimits limits(SMTPSession session) {
        return server(session)
                .mimeLimits()
                .atListener(session.getConfiguration().getMaxMessageSize());
    }

    /**
     * Says that a line came that is too long to be kept in memory, and was thrown away.
     *
     * @param endsInCrLf whether CR LF ended it, and not LF alone
     * @return whether it was a line of a mail's content: then the mail is refused at its end, and nothing is to be answered now
     */
    public static boolean skipLine(SMTPSession session, boolean endsInCrLf) {
        Optional<ContentScan> scan = session.getAttachment(SCAN, State.Transaction);
        scan.ifPresent(content -> content.skipLine(endsInCrLf));
        return scan.isPresent();
    }

    @Override
    public @Nullable Response onLine(SMTPSession session, byte[] line, LineHandler<SMTPSession> next) {
        Optional<Reply> tooOld = SessionGuard.atAge(server(session).limits(), SessionCounts.age(session));
        if (tooOld.isPresent()) {
            LOGGER.info("{} is connected for too long, and still sends a mail: closing", Peers.address(session));
            return Replies.farewell(tooOld.get());
        }
        ContentScan scan = session.getAttachment(SCAN, State.Transaction)
                .orElseThrow(() -> new IllegalStateException("content without DATA"));
        byte[] unstuffed = scan.unstuffed(line);
        scan.next(line);
        Optional<Refusal> refusal = scan.refusal();
        if (refusal.isEmpty()) {
            return next.onLine(session, unstuffed);
        }
        // What came so far needs no room any more.
        LifecycleUtil.dispose(((ExtendedSMTPSession) session).getMimeMessageWriter());
        return scan.isOver() ? refuse(session, refusal.get()) : null;
    }

    private Response refuse(SMTPSession session, Refusal refusal) {
        Collection<MailAddress> recipients =
                session.getAttachment(SMTPSession.RCPT_LIST, State.Transaction).orElseGet(List::of);
        events.refused(
                Transactions.require(session),
                Addresses.toCore(recipients).stream()
                        .map(EmailAddress::toString)
                        .toList(),
                refusal.reply(),
                refusal.reason());
        session.popLineHandler();
        session.resetState();
        return Replies.response(refusal.reply());
    }

    private static ServerSettings server(SMTPSession session) {
        Transaction transaction = Transactions.require(session);
        return transaction.mailflow().server();
    }
}
