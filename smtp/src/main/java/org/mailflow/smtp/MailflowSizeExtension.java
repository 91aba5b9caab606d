package org.mailflow.smtp;

import java.math.BigInteger;
import java.util.List;
import java.util.regex.Pattern;
import javax.inject.Inject;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MailParametersHook;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.decision.Reply;

/**
 * SIZE (RFC 1870): tells clients how large a mail may be, and reads how large a mail is said to be, whatever the number. Whether
 * it is too large is decided by {@link MailflowMailCmdHandler}, and of the mail itself by {@link ContentLimitFilter}.
 *
 * <p>Part of {@link MailflowHandlers}, which is all that a listener names:
 *
 * <pre>{@code
 * <handlerchain coreHandlersPackage="org.mailflow.smtp.MailflowHandlers"/>
 * }</pre>
 */
public final class MailflowSizeExtension implements EhloExtension, MailParametersHook {

    private static final AttachmentKey<Long> DECLARED = AttachmentKey.of("org.mailflow.declaredSize", Long.class);
    private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,20}");
    private static final Reply NO_NUMBER = new Reply(501, "5.5.4", "SIZE is a number of octets");

    private final LiveMailflow live;

    /** For James, which injects what is needed. */
    @Inject
    public MailflowSizeExtension(LiveMailflow live) {
        this.live = live;
    }

    /** The octets that the client said its mail has; 0 where it did not say. */
    static long declared(SMTPSession session) {
        return session.getAttachment(DECLARED, State.Transaction).orElse(0L);
    }

    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        long listener = session.getConfiguration().getMaxMessageSize();
        return List.of("SIZE "
                + live.current().server().mimeLimits().atListener(listener).maxMessageSize());
    }

    @Override
    public String[] getMailParamNames() {
        return new String[] {"SIZE"};
    }

    @Override
    public HookResult doMailParameter(SMTPSession session, String name, String value) {
        if (!NUMBER.matcher(value).matches()) {
            return Replies.refusal(NO_NUMBER);
        }
        session.setAttachment(DECLARED, new BigInteger(value).min(LARGEST).longValueExact(), State.Transaction);
        return HookResult.DECLINED;
    }
}
