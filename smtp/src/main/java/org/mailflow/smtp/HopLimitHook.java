package org.mailflow.smtp;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.smtpserver.JamesMessageHook;
import org.apache.mailet.Mail;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.decision.HopLimit;
import org.mailflow.core.decision.HopLimit.Exceeded;
import org.mailflow.core.decision.HopLimit.Trace;
import org.mailflow.core.decision.Stamp;
import org.mailflow.core.decision.Transaction;
import org.mailflow.core.event.MailEvents;
import org.mailflow.core.model.Mailflow;
import org.mailflow.james.Addresses;

/**
 * Refuses a mail that came through too many servers (RFC 5321, 6.3): more than {@code maxHopCount} of the organization, which is
 * 20 in the cloud role and 30 on-premises where it is not set. The event says by which connectors it was here before.
 *
 * <p>Part of {@link MailflowHandlers}, which is all that a listener names:
 *
 * <pre>{@code
 * <handlerchain coreHandlersPackage="org.mailflow.smtp.MailflowHandlers"/>
 * }</pre>
 */
public final class HopLimitHook implements JamesMessageHook {

    private final SessionEvents events;

    /** For James, which injects what is needed. */
    @Inject
    public HopLimitHook(MailEvents events) {
        this.events = new SessionEvents(events);
    }

    @Override
    public HookResult onMessage(SMTPSession session, Mail mail) {
        return FailClosed.of(session, "The hop count", () -> judge(session, mail));
    }

    private HookResult judge(SMTPSession session, Mail mail) throws MessagingException {
        Transaction transaction = Transactions.require(session);
        Stamp stamp = transaction.stamp(Instant.now());
        List<EmailAddress> recipients = Addresses.toCore(mail.getRecipients());
        Optional<Exceeded> exceeded = HopLimit.judge(
                transaction.mailflow(), stamp.organization(), recipients, trace(transaction.mailflow(), mail));
        exceeded.ifPresent(loop -> events.refused(
                transaction, recipients.stream().map(EmailAddress::toString).toList(), loop.reply(), loop.reason()));
        return exceeded.map(loop -> Replies.refusal(loop.reply())).orElse(HookResult.DECLINED);
    }

    private static Trace trace(Mailflow mailflow, Mail mail) throws MessagingException {
        String fqdn = mailflow.server().fqdn();
        // Without our own, that ReceivedHeaderFilter put first.
        List<String> received =
                HeaderValues.of(mail, "Received").stream().skip(1).toList();
        List<Optional<String>> visits = received.stream()
                .flatMap(header -> ReceivedHeader.parse(header).stream())
                .filter(header -> header.by().equalsIgnoreCase(fqdn))
                .map(ReceivedHeader::connector)
                .toList();
        return new Trace(received.size(), visits);
    }
}
