package org.mailflow.smtp;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.core.MailAddress;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.RcptCmdHandler;
import org.jspecify.annotations.Nullable;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.decision.Reason;
import org.mailflow.core.decision.RecipientDecision;
import org.mailflow.core.decision.RecipientDecision.Refused;
import org.mailflow.core.decision.Reply;
import org.mailflow.core.decision.SessionGuard;
import org.mailflow.core.decision.Transaction;
import org.mailflow.core.event.MailEvents;
import org.mailflow.james.Addresses;

/**
 * RCPT TO (RFC 5321, 4.1.1.3): asks core whether this client may send this sender's mail to this recipient, and
 * answers with Exchange's reply. The decision is made where James adds the recipient, after every hook: a hook that
 * answers OK passes by other hooks, never by this.
 *
 * <p>Part of {@link MailflowHandlers}, which is all that a listener names:
 *
 * <pre>{@code
 * <handlerchain coreHandlersPackage="org.mailflow.smtp.MailflowHandlers"/>
 * }</pre>
 */
public final class MailflowRcptCmdHandler extends RcptCmdHandler {

    private static final Reply MAIL_NEEDED = new Reply(503, "5.5.1", "Need MAIL before RCPT");

    private final SessionEvents events;

    /** For James, which injects what is needed. */
    @Inject
    public MailflowRcptCmdHandler(MetricFactory metricFactory, MailEvents events) {
        super(metricFactory);
        this.events = new SessionEvents(events);
    }

    @Override
    protected @Nullable Response doFilterChecks(SMTPSession session, String command, @Nullable String argument) {
        if (Transactions.of(session).isEmpty()) {
            return Replies.response(MAIL_NEEDED);
        }
        Response refusal = super.doFilterChecks(session, command, argument);
        return refusal != null ? refusal : checkAddress(session);
    }

    private @Nullable Response checkAddress(SMTPSession session) {
        Transaction transaction = Transactions.require(session);
        MailAddress given = current(session);
        if (RecipientSyntax.namesRoute(given)) {
            return refuse(transaction, given, Reply.ROUTED_ADDRESS, "the address names a route through other servers");
        }
        Optional<EmailAddress> recipient = RecipientSyntax.complete(given, transaction.mailflow());
        if (recipient.isEmpty()) {
            return refuse(transaction, given, Reply.BAD_RECIPIENT, "it is no address of internet mail");
        }
        session.setAttachment(CURRENT_RECIPIENT, Addresses.toJames(recipient.get()), State.Transaction);
        return null;
    }

    @Override
    protected Response doCoreCmd(SMTPSession session, String command, @Nullable String parameters) {
        Transaction transaction = Transactions.require(session);
        Optional<Reply> full =
                SessionGuard.atRecipient(transaction.mailflow().server().limits(), session.getRcptCount());
        if (full.isPresent()) {
            return Replies.response(full.get());
        }
        EmailAddress recipient = Addresses.toCore(current(session));
        RecipientDecision decision =
                transaction.decide(recipient, Instant.now(), Math.max(0, MailflowSizeExtension.declared(session)));
        if (decision.outcome() instanceof Refused refused) {
            events.refused(
                    transaction, recipient.toString(), decision.attribution(), refused.reply(), refused.reason());
            return Replies.response(refused.reply());
        }
        return super.doCoreCmd(session, command, parameters);
    }

    @Override
    protected String getDefaultDomain() {
        return RecipientSyntax.NO_DOMAIN;
    }

    private Response refuse(Transaction transaction, MailAddress recipient, Reply reply, String why) {
        events.refused(transaction, List.of(recipient.asString()), reply, Reason.of(why));
        return Replies.response(reply);
    }

    private static MailAddress current(SMTPSession session) {
        return session.getAttachment(CURRENT_RECIPIENT, State.Transaction)
                .orElseThrow(() -> new IllegalStateException("RCPT without a recipient"));
    }
}
