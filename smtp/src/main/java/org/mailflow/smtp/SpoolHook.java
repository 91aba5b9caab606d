package org.mailflow.smtp;

import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.commons.configuration2.Configuration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.HookReturnCode;
import org.apache.james.smtpserver.JamesMessageHook;
import org.apache.james.smtpserver.SendMailHandler;
import org.apache.mailet.Mail;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.decision.Stamp;
import org.mailflow.core.decision.Transaction;
import org.mailflow.core.event.MailEvents;
import org.mailflow.core.storage.Storage;
import org.mailflow.core.storage.StorageGate;
import org.mailflow.james.Addresses;
import org.mailflow.james.Stamps;

/**
 * Puts a stamped mail on the spool, as James does, and tells that it was received. A mail without a stamp is not
 * spooled, nor is one that there is no room for. This is the last hook: its OK is the 250 that the client gets.
 *
 * <p>Part of {@link MailflowHandlers}, which is all that a listener names:
 *
 * <pre>{@code
 * <handlerchain coreHandlersPackage="org.mailflow.smtp.MailflowHandlers"/>
 * }</pre>
 */
public final class SpoolHook implements JamesMessageHook {

    private final SendMailHandler spool;
    private final SessionEvents events;
    private final Room room;

    /** For James, which injects what is needed. */
    @Inject
    public SpoolHook(SendMailHandler spool, MailEvents events, Storage storage) {
        this.spool = spool;
        this.events = new SessionEvents(events);
        this.room = new Room(storage);
    }

    @Override
    public void init(Configuration configuration) throws ConfigurationException {
        spool.init(configuration);
    }

    @Override
    public void destroy() {
        spool.destroy();
    }

    @Override
    public HookResult onMessage(SMTPSession session, Mail mail) {
        return FailClosed.of(session, "The spooling", () -> {
            Transaction transaction = Transactions.require(session);
            Stamp stamp = Stamps.of(mail).orElseThrow(() -> new IllegalStateException("a mail without a stamp"));
            // Read now: once it is on the spool, the mail is somebody else's.
            String mailId = mail.getName();
            Optional<String> messageId = Optional.ofNullable(mail.getMessage().getMessageID());
            List<String> recipients = Addresses.toCore(mail.getRecipients()).stream()
                    .map(EmailAddress::toString)
                    .toList();
            Optional<StorageGate.Closed> closed = room.forReceived(transaction.mailflow(), mail.getMessageSize());
            if (closed.isPresent()) {
                events.refused(
                        transaction,
                        recipients,
                        closed.get().reply(),
                        closed.get().reason());
                return Replies.refusal(closed.get().reply());
            }
            HookResult result = spool.onMessage(session, mail);
            if (result.getResult().getAction() == HookReturnCode.Action.OK) {
                events.received(
                        transaction, stamp, mailId, messageId, recipients, "250 " + result.getSmtpDescription());
            }
            return result;
        });
    }
}
