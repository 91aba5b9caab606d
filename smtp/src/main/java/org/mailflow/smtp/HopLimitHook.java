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
import org.mailflow.core.decision.Stamp;
import org.mailflow.core.decision.Transaction;
import org.mailflow.core.event.MailEvents;
import org.mailflow.james.Addresses;

/**
 * Refuses a mail that came through too many servers (RFC 5321, 6.3): 20 in the cloud role, 30 on-premises.
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
        Optional<Exceeded> exceeded =
                HopLimit.judge(transaction.mailflow(), stamp.organization(), recipients, received(mail));
        exceeded.ifPresent(loop -> events.refused(
                transaction, recipients.stream().map(EmailAddress::toString).toList(), loop.reply(), loop.reason()));
        return exceeded.map(loop -> Replies.refusal(loop.reply())).orElse(HookResult.DECLINED);
    }

    /** Without our own, that {@link ReceivedHeaderFilter} put first. */
    private static int received(Mail mail) throws MessagingException {
        return Math.max(HeaderValues.of(mail, "Received").size() - 1, 0);
    }
}
