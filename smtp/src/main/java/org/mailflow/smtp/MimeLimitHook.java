package org.mailflow.smtp;

import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.LineHandler;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.DataLineFilter;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.smtpserver.JamesMessageHook;
import org.apache.mailet.Mail;
import org.jspecify.annotations.Nullable;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.decision.Reason;
import org.mailflow.core.decision.Reply;
import org.mailflow.core.decision.Transaction;
import org.mailflow.core.event.MailEvents;
import org.mailflow.core.mime.MimeScan;
import org.mailflow.core.model.MimeLimits;
import org.mailflow.james.Addresses;

/**
 * Refuses a mail whose parts are nested too deeply or are too many ({@code maxMimeDepth} and {@code maxMimeParts} of
 * {@code mailflow.xml}). The content is measured while it comes in: nothing takes a refused mail apart.
 *
 * <p>Part of {@link MailflowHandlers}, which is all that a listener names:
 *
 * <pre>{@code
 * <handlerchain coreHandlersPackage="org.mailflow.smtp.MailflowHandlers"/>
 * }</pre>
 */
public final class MimeLimitHook implements DataLineFilter, JamesMessageHook {

    private static final AttachmentKey<MimeScan> SCAN = AttachmentKey.of("org.mailflow.mimeScan", MimeScan.class);

    private final SessionEvents events;

    /** For James, which injects what is needed. */
    @Inject
    public MimeLimitHook(MailEvents events) {
        this.events = new SessionEvents(events);
    }

    @Override
    public @Nullable Response onLine(SMTPSession session, byte[] line, LineHandler<SMTPSession> next) {
        MimeScan scan = session.getAttachment(SCAN, State.Transaction).orElseGet(() -> begin(session));
        scan.next(line);
        return next.onLine(session, line);
    }

    private static MimeScan begin(SMTPSession session) {
        MimeScan scan =
                new MimeScan(Transactions.require(session).mailflow().server().mimeLimits());
        session.setAttachment(SCAN, scan, State.Transaction);
        return scan;
    }

    @Override
    public HookResult onMessage(SMTPSession session, Mail mail) {
        return FailClosed.of(session, "The measuring of the parts", () -> judge(session, mail));
    }

    private HookResult judge(SMTPSession session, Mail mail) throws MessagingException {
        MimeScan scan = session.getAttachment(SCAN, State.Transaction)
                .orElseThrow(() -> new IllegalStateException("a mail that was not measured"));
        scan.end();
        Optional<Reply> refusal = scan.refusal();
        if (refusal.isPresent()) {
            Transaction transaction = Transactions.require(session);
            MimeLimits limits = transaction.mailflow().server().mimeLimits();
            List<String> recipients = Addresses.toCore(mail.getRecipients()).stream()
                    .map(EmailAddress::toString)
                    .toList();
            events.refused(
                    transaction,
                    recipients,
                    refusal.get(),
                    Reason.of("its parts are nested " + scan.depth() + " deep or deeper, of maxMimeDepth "
                            + limits.maxDepth() + ", and are " + scan.parts() + " or more, of maxMimeParts "
                            + limits.maxParts()));
        }
        return refusal.map(Replies::refusal).orElse(HookResult.DECLINED);
    }
}
