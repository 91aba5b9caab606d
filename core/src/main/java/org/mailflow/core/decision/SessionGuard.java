package org.mailflow.core.decision;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableSet;
import java.time.Duration;
import java.util.Optional;
import org.mailflow.core.model.SessionLimits;

/**
 * Keeps one client from taking the server for itself. A reply of 421 ends the connection (RFC 5321, 3.8); one of 452 lets the
 * client send the rest of the recipients in a transaction of their own (RFC 5321, 4.5.3.1.10).
 */
public final class SessionGuard {

    /** RFC 9110, 9.3, and RFC 5789; none is a command of SMTP. */
    private static final ImmutableSet<String> HTTP_METHODS =
            ImmutableSet.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

    private SessionGuard() {}

    /**
     * Before a command is looked at: the answer to one of HTTP, whose request may have anything behind it.
     *
     * @param word the line's first, in any case
     */
    public static Optional<Reply> atCommand(String word) {
        return when(HTTP_METHODS.contains(Ascii.toUpperCase(word)), Reply.NOT_HTTP);
    }

    /** Before another recipient is taken: the answer where there are as many as there may be. */
    public static Optional<Reply> atRecipient(SessionLimits limits, int taken) {
        return when(taken >= limits.maxRecipientsPerMessage(), Reply.TOO_MANY_RECIPIENTS);
    }

    /** After a command that makes no sense: the answer where there were too many of them. */
    public static Optional<Reply> afterProtocolError(SessionLimits limits, int errors) {
        return when(errors >= limits.maxProtocolErrors(), Reply.TOO_MANY_ERRORS);
    }

    /** Before a logon is tried: the answer where too many from this address failed. */
    public static Optional<Reply> atLogon(SessionLimits limits, int failuresOfAddress) {
        return when(failuresOfAddress >= limits.maxLogonFailuresPerAddress(), Reply.LOGON_NOT_NOW);
    }

    /** After a logon that failed: the answer where there were too many in the session. */
    public static Optional<Reply> afterLogonFailure(SessionLimits limits, int failures) {
        return when(failures >= limits.maxLogonFailures(), Reply.TOO_MANY_LOGON_FAILURES);
    }

    /** At a command: the answer where the session lasts too long. */
    public static Optional<Reply> atAge(SessionLimits limits, Duration age) {
        return when(age.compareTo(limits.connectionTimeout()) > 0, Reply.CONNECTION_TIMED_OUT);
    }

    /**
     * Whether a reply says that the command made no sense. One about its argument does not, since a list of recipients may have
     * many that are none, nor one that it came too early: clients that send several at once are told so for each.
     *
     * @param code of the reply
     */
    public static boolean isProtocolError(String code) {
        return switch (code) {
            case "500", "502", "504" -> true;
            default -> false;
        };
    }

    private static Optional<Reply> when(boolean over, Reply reply) {
        return over ? Optional.of(reply) : Optional.empty();
    }
}
