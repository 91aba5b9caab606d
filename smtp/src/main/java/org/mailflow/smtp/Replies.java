package org.mailflow.smtp;

import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.HookReturnCode;
import org.mailflow.core.decision.Reply;

/** Core's replies in James' words. */
final class Replies {

    private Replies() {}

    /** As the answer to a command. */
    static SMTPResponse response(Reply reply) {
        return new SMTPResponse(Integer.toString(reply.code()), text(reply));
    }

    /** As the answer to a command, after which the connection is closed. */
    static SMTPResponse farewell(Reply reply) {
        SMTPResponse response = response(reply);
        response.setEndSession(true);
        return response;
    }

    /** As the result of a hook that refuses. */
    static HookResult refusal(Reply reply) {
        return HookResult.builder()
                .hookReturnCode(reply.isTemporary() ? HookReturnCode.denySoft() : HookReturnCode.deny())
                .smtpReturnCode(Integer.toString(reply.code()))
                .smtpDescription(text(reply))
                .build();
    }

    /** As the result of a hook after which the connection is closed. */
    static HookResult dismissal(Reply reply) {
        return HookResult.builder()
                .hookReturnCode(HookReturnCode.disconnected(HookReturnCode.Action.DENYSOFT))
                .smtpReturnCode(Integer.toString(reply.code()))
                .smtpDescription(text(reply))
                .build();
    }

    private static String text(Reply reply) {
        return reply.enhancedStatus() + " " + reply.text();
    }
}
