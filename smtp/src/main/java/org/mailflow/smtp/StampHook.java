package org.mailflow.smtp;

import java.time.Instant;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.server.core.MailImpl;
import org.apache.james.smtpserver.AddDefaultAttributesMessageHook;
import org.apache.james.smtpserver.JamesMessageHook;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.mailflow.core.decision.Directionality;
import org.mailflow.core.decision.Stamp;
import org.mailflow.james.Stamps;

/**
 * Stamps a mail with what the session found out: client address, TLS, peer, organization, connector, directionality.
 * Matchers and mailets read it, and believe nothing else. James' own attributes of a received mail are set as James
 * does, but without a reverse DNS look-up.
 *
 * <p>Part of {@link MailflowHandlers}, which is all that a listener names:
 *
 * <pre>{@code
 * <handlerchain coreHandlersPackage="org.mailflow.smtp.MailflowHandlers"/>
 * }</pre>
 */
public final class StampHook implements JamesMessageHook {

    /** For James, which makes it by name. */
    public StampHook() {}

    @Override
    public HookResult onMessage(SMTPSession session, Mail mail) {
        return FailClosed.of(session, "The stamp", () -> {
            Stamp stamp = Transactions.require(session).stamp(Instant.now());
            setJamesAttributes(session, mail, stamp);
            Stamps.put(mail, stamp);
            return HookResult.DECLINED;
        });
    }

    private static void setJamesAttributes(SMTPSession session, Mail mail, Stamp stamp) {
        if (mail instanceof MailImpl received) {
            // James' filters judge what enhanced filtering found; our own matchers read the stamp.
            received.setRemoteAddr(stamp.sourceIp().toString());
            received.setRemoteHost(stamp.sourceIp().toString());
        }
        mail.setAttribute(new Attribute(Mail.SMTP_SESSION_ID, AttributeValue.of(session.getSessionID())));
        session.getAttachment(SMTPSession.CURRENT_HELO_NAME, State.Connection)
                .ifPresent(name -> mail.setAttribute(new Attribute(Mail.SMTP_HELO, AttributeValue.of(name))));
        if (session.getUsername() != null) {
            mail.setAttribute(new Attribute(
                    Mail.SMTP_AUTH_USER, AttributeValue.of(session.getUsername().asString())));
        }
        if (stamp.directionality() == Directionality.ORIGINATING) {
            mail.setAttribute(
                    Attribute.convertToAttribute(AddDefaultAttributesMessageHook.SMTP_AUTH_NETWORK_NAME, true));
        }
    }
}
