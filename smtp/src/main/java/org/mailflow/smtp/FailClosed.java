package org.mailflow.smtp;

import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.mailflow.core.decision.Reply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A hook that cannot judge a mail answers 451: the mail stays with the client, and is neither lost nor let through. */
final class FailClosed {

    private static final Logger LOGGER = LoggerFactory.getLogger(FailClosed.class);

    /** What a hook finds out. */
    @FunctionalInterface
    interface Judgement {
        /** Judges. */
        HookResult judge() throws Exception;
    }

    private FailClosed() {}

    static HookResult of(SMTPSession session, String what, Judgement judgement) {
        try {
            return judgement.judge();
        } catch (Exception e) {
            LOGGER.error("{} of a mail from {} failed", what, Peers.address(session), e);
            return Replies.refusal(Reply.TEMPORARY_FAILURE);
        }
    }
}
