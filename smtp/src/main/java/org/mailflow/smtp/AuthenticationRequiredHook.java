package org.mailflow.smtp;

import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MailHook;
import org.mailflow.core.decision.Reply;

/**
 * Makes a listener one for people (RFC 6409, 4.3): MAIL is refused before the client has logged on, and before TLS it is
 * asked for STARTTLS (RFC 3207, 4). Without it a listener that offers AUTH also takes mail for our recipients from anybody.
 *
 * <pre>{@code
 * <auth>
 *   <announce>always</announce>
 *   <requireSSL>true</requireSSL>
 * </auth>
 * <handlerchain coreHandlersPackage="org.mailflow.smtp.MailflowHandlers">
 *   <handler class="org.mailflow.smtp.AuthenticationRequiredHook"/>
 * </handlerchain>
 * }</pre>
 */
public final class AuthenticationRequiredHook implements MailHook {

    /** For James, which makes it by name. */
    public AuthenticationRequiredHook() {}

    @Override
    public HookResult doMail(SMTPSession session, MaybeSender sender) {
        if (session.getUsername() != null) {
            return HookResult.DECLINED;
        }
        return Replies.refusal(session.isTLSStarted() ? Reply.NOT_AUTHENTICATED : Reply.STARTTLS_FIRST);
    }
}
