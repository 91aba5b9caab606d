package org.mailflow.smtp;

import com.google.common.base.Splitter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.inject.Inject;
import org.apache.james.core.MaybeSender;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPRetCode;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.MailCmdHandler;
import org.jspecify.annotations.Nullable;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.config.SessionMailflow;
import org.mailflow.core.decision.ConnectionFilter;
import org.mailflow.core.decision.Peer;
import org.mailflow.core.decision.Reason;
import org.mailflow.core.decision.Reply;
import org.mailflow.core.decision.SessionGuard;
import org.mailflow.core.decision.Transaction;
import org.mailflow.core.event.MailEvents;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.MimeLimits;
import org.mailflow.core.storage.Storage;
import org.mailflow.core.storage.StorageGate;
import org.mailflow.james.Addresses;

/**
 * MAIL FROM (RFC 5321, 4.1.1.2): begins a transaction on the snapshot of {@code mailflow.xml} that is current, with
 * nothing left of the one before, and refuses clients on the block list, and mail that is too large or that there is no room for. James' own
 * hooks for MAIL run first.
 *
 * <p>Part of {@link MailflowHandlers}, which is all that a listener names:
 *
 * <pre>{@code
 * <handlerchain coreHandlersPackage="org.mailflow.smtp.MailflowHandlers"/>
 * }</pre>
 */
public final class MailflowMailCmdHandler extends MailCmdHandler {

    private static final Reply TWICE = new Reply(503, "5.5.1", "Sender already specified");

    private static final String SMTPUTF8 = "SMTPUTF8";
    private static final String BODY = "BODY=";
    private static final Set<String> BODIES = Set.of("BODY=7BIT", "BODY=8BITMIME");

    private final SessionMailflow snapshots;
    private final SessionEvents events;
    private final Room room;
    private final Peers peers = new Peers();

    /** For James, which injects what is needed. */
    @Inject
    public MailflowMailCmdHandler(
            MetricFactory metricFactory, SessionMailflow snapshots, MailEvents events, Storage storage) {
        super(metricFactory);
        this.snapshots = snapshots;
        this.events = new SessionEvents(events);
        this.room = new Room(storage);
    }

    @Override
    public Response onCommand(SMTPSession session, Request request) {
        if (Transactions.of(session).isPresent()) {
            return Replies.response(TWICE);
        }
        // James keeps recipients and parameters of a MAIL that failed for the next one.
        session.resetState();
        boolean begun = false;
        try {
            Response response = super.onCommand(session, request);
            begun = response.getRetCode().equals(SMTPRetCode.MAIL_OK)
                    && Transactions.of(session).isPresent();
            return response;
        } finally {
            if (!begun) {
                session.resetState();
            }
        }
    }

    @Override
    protected @Nullable Response doFilterChecks(SMTPSession session, String command, @Nullable String parameters) {
        Response refusal = super.doFilterChecks(session, command, parameters);
        if (refusal != null) {
            return refusal;
        }
        Optional<String> unsupported = unsupported(parameters == null ? "" : parameters);
        if (unsupported.isPresent()) {
            return Replies.response(new Reply(555, "5.5.4", "Unsupported option: " + unsupported.get()));
        }
        try {
            sender(session);
            return null;
        } catch (IllegalArgumentException e) {
            return Replies.response(Reply.BAD_SENDER);
        }
    }

    /**
     * An option that would change what the mail is (RFC 6531, 3030), and that is not offered: to take the mail as if it were
     * another one would be wrong. Options that only say more of it are passed over, as James does.
     */
    private static Optional<String> unsupported(String parameters) {
        return Splitter.on(' ')
                .omitEmptyStrings()
                .splitToStream(parameters.substring(parameters.lastIndexOf('>') + 1))
                .map(option -> option.toUpperCase(Locale.ROOT))
                .filter(option -> option.startsWith(SMTPUTF8) || (option.startsWith(BODY) && !BODIES.contains(option)))
                .findFirst();
    }

    /** All other hooks have had their say: none of them can pass this by. */
    @Override
    protected Response doCoreCmd(SMTPSession session, String command, @Nullable String parameters) {
        Instant now = Instant.now();
        Mailflow mailflow = snapshots.current();
        Peer peer = peers.read(session, mailflow, now).of(MailflowXoorgExtension.said(session));
        Transaction transaction = new Transaction(mailflow, peer, sender(session));
        ConnectionFilter.Result filtered =
                ConnectionFilter.judge(mailflow, transaction.peer().clientIp(), now);
        if (filtered.verdict() == ConnectionFilter.Verdict.BLOCKED) {
            Reply reply = Reply.blocked(transaction.peer().clientIp().toString());
            return refuse(transaction, reply, filtered.reason());
        }
        MimeLimits limits = mailflow.server()
                .mimeLimits()
                .atListener(session.getConfiguration().getMaxMessageSize());
        Optional<Reply> tooLarge = SessionGuard.atSize(limits, MailflowSizeExtension.declared(session));
        if (tooLarge.isPresent()) {
            return refuse(
                    transaction,
                    tooLarge.get(),
                    Reason.of("it says that it has more octets than the " + limits.maxMessageSize() + " of a mail"));
        }
        Optional<StorageGate.Closed> closed = room.forAnnounced(session, mailflow);
        if (closed.isPresent()) {
            return refuse(transaction, closed.get().reply(), closed.get().reason());
        }
        Transactions.begin(session, transaction);
        return super.doCoreCmd(session, command, parameters);
    }

    private Response refuse(Transaction transaction, Reply reply, Reason reason) {
        events.refused(transaction, List.of(), reply, reason);
        return Replies.response(reply);
    }

    /** A sender without a domain is nobody; James would complete it with a domain of ours, and answers 501 to this. */
    @Override
    protected String getDefaultDomain() {
        throw new IllegalArgumentException("a sender without a domain");
    }

    private static Optional<EmailAddress> sender(SMTPSession session) {
        MaybeSender sender = session.getAttachment(SMTPSession.SENDER, State.Transaction)
                .orElseThrow(() -> new IllegalStateException("MAIL without a sender"));
        return Addresses.toCore(sender);
    }
}
