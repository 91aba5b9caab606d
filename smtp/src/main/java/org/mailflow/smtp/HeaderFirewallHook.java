package org.mailflow.smtp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import javax.mail.Header;
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
import org.mailflow.core.decision.RecipientDecision.Refused;
import org.mailflow.core.decision.Reply;
import org.mailflow.core.decision.Transaction;
import org.mailflow.core.event.MailEvents;
import org.mailflow.core.mime.RawField;
import org.mailflow.james.Addresses;

/**
 * Removes from a mail's header what only this server, and the other premises of a hybrid deployment, may say of it
 * (header firewall), or takes what the other premises says for its own where a certificate proves that it does (promotion);
 * writes what this server says of it; reads its source from the Received headers where an inbound
 * connector has enhanced filtering. The header is changed line by line as it
 * comes in: no other byte of the mail is touched. A mail whose source is on the block list is refused, and in the cloud one that
 * does not say whom it is from.
 *
 * <p>Part of {@link MailflowHandlers}, which is all that a listener names:
 *
 * <pre>{@code
 * <handlerchain coreHandlersPackage="org.mailflow.smtp.MailflowHandlers"/>
 * }</pre>
 */
public final class HeaderFirewallHook implements DataLineFilter, JamesMessageHook {

    private static final AttachmentKey<IncomingHeader> HEADER =
            AttachmentKey.of("org.mailflow.incomingHeader", IncomingHeader.class);

    private final SessionEvents events;

    /** For James, which injects what is needed. */
    @Inject
    public HeaderFirewallHook(MailEvents events) {
        this.events = new SessionEvents(events);
    }

    @Override
    public @Nullable Response onLine(SMTPSession session, byte[] line, LineHandler<SMTPSession> next) {
        IncomingHeader header = session.getAttachment(HEADER, State.Transaction).orElseGet(() -> begin(session));
        for (byte[] handedOn : header.take(line)) {
            Response response = next.onLine(session, handedOn);
            if (response != null) {
                return response;
            }
        }
        return null;
    }

    private static IncomingHeader begin(SMTPSession session) {
        IncomingHeader header = new IncomingHeader(Transactions.require(session));
        session.setAttachment(HEADER, header, State.Transaction);
        return header;
    }

    @Override
    public HookResult onMessage(SMTPSession session, Mail mail) {
        return FailClosed.of(session, "The header", () -> judge(session, mail));
    }

    private static Optional<Refused> ambiguous(SMTPSession session) {
        return session.getAttachment(HEADER, State.Transaction)
                .filter(IncomingHeader::isAmbiguous)
                .map(header ->
                        new Refused(Reply.AMBIGUOUS_HEADER, Reason.of("a field's name is folded over two lines")));
    }

    /**
     * With the parser that writes the mail from now on: what it reads of the sender's standing must be what this server wrote.
     * Nothing gets this far; a mail that does is refused, for it would lie to somebody.
     */
    private static Optional<Refused> leftOver(Transaction transaction, Mail mail) {
        try {
            List<RawField> read = new ArrayList<>();
            for (Header header : Collections.list(mail.getMessage().getAllHeaders())) {
                read.add(RawField.of(header.getName(), header.getValue()));
            }
            return transaction.refusalOfHeader(read, Instant.now());
        } catch (MessagingException e) {
            throw new IllegalStateException("the header that came in cannot be read", e);
        }
    }

    private static List<String> originatorOrgs(SMTPSession session) {
        return session.getAttachment(HEADER, State.Transaction)
                .map(IncomingHeader::originatorOrgs)
                .orElseGet(List::of);
    }

    private HookResult judge(SMTPSession session, Mail mail) throws MessagingException {
        Transaction transaction = Transactions.require(session);
        List<String> from = HeaderValues.of(mail, "From");
        Optional<Refused> refused = ambiguous(session)
                .or(() -> transaction.refusalOfSource(Instant.now()))
                .or(() -> transaction.refusalOfAuthor(from))
                .or(() -> transaction.refusalOfOriginator(originatorOrgs(session)))
                .or(() -> leftOver(transaction, mail));
        if (refused.isPresent()) {
            List<String> recipients = Addresses.toCore(mail.getRecipients()).stream()
                    .map(EmailAddress::toString)
                    .toList();
            events.refused(
                    transaction,
                    recipients,
                    refused.get().reply(),
                    refused.get().reason());
        }
        return refused.map(refusal -> Replies.refusal(refusal.reply())).orElse(HookResult.DECLINED);
    }
}
