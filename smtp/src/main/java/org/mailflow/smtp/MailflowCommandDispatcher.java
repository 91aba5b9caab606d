package org.mailflow.smtp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandDispatcher;
import org.apache.james.protocols.smtp.SMTPSession;
import org.jspecify.annotations.Nullable;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.decision.Reply;
import org.mailflow.core.decision.SessionGuard;
import org.mailflow.core.model.SessionLimits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes command lines in, before any handler sees them. A line with a control character or a byte outside of ASCII is
 * refused, a handler that fails is answered with 451, a client that speaks HTTP, sends nonsense or stays for too long is dismissed, and the guard against commands smuggled in behind STARTTLS is on
 * again after every reply.
 *
 * <p>Part of {@link MailflowHandlers}, which is all that a listener names:
 *
 * <pre>{@code
 * <handlerchain coreHandlersPackage="org.mailflow.smtp.MailflowHandlers"/>
 * }</pre>
 */
public final class MailflowCommandDispatcher extends CommandDispatcher<SMTPSession> {

    private static final Logger LOGGER = LoggerFactory.getLogger(MailflowCommandDispatcher.class);
    private static final Reply BAD_CHARACTERS = new Reply(
            501, "5.5.2", "Commands are lines of printable ASCII that end in CR LF; this one was not carried out");
    private static final Reply CLEAR_TEXT = new Reply(421, "4.7.0", "Clear text after STARTTLS");
    private static final Reply PROXY_HEADER = new Reply(421, "4.7.0", "A PROXY header is no command");
    private static final byte[] PROXY = "PROXY ".getBytes(StandardCharsets.US_ASCII);
    /** The third line that the signature of version 2 makes. */
    private static final byte[] PROXY_2 = {0, '\r', '\n'};

    private static final String RCPT = "RCPT TO:";
    private static final int CR = '\r';
    private static final int LF = '\n';

    private final LiveMailflow live;

    /** For James, which injects what is needed. */
    @Inject
    public MailflowCommandDispatcher(LiveMailflow live) {
        this.live = live;
    }

    /** Carries out nothing more of a session that has been told its end. */
    public static void dismiss(SMTPSession session) {
        SessionCounts.dismiss(session);
    }

    @Override
    public @Nullable Response onLine(SMTPSession session, byte[] line) {
        // James goes on with what came in the same packet as the command that ended the session.
        if (SessionCounts.isDismissed(session)) {
            return null;
        }
        Response response = guarded(session, line);
        if (response != null && response.isEndSession()) {
            SessionCounts.dismiss(session);
        }
        return response;
    }

    private @Nullable Response guarded(SMTPSession session, byte[] line) {
        SessionLimits limits = live.current().server().limits();
        Optional<Reply> tooOld = SessionGuard.atAge(limits, SessionCounts.age(session));
        if (tooOld.isPresent()) {
            LOGGER.info("{} is connected for too long: closing", Peers.address(session));
            return Replies.farewell(tooOld.get());
        }
        Response response = answer(session, line);
        if (response == null || !(isBinary(line) || SessionGuard.isProtocolError(response.getRetCode()))) {
            return response;
        }
        Optional<Reply> tooMany = SessionGuard.afterProtocolError(limits, SessionCounts.protocolErrors(session));
        if (tooMany.isPresent()) {
            LOGGER.info("{} sent too many commands that make no sense: closing", Peers.address(session));
            return Replies.farewell(tooMany.get());
        }
        return response;
    }

    private @Nullable Response answer(SMTPSession session, byte[] line) {
        if (Plaintext.isBeforeHandshake(session)) {
            LOGGER.warn("{} sent a command in clear text behind STARTTLS: closing", Peers.address(session));
            return Replies.farewell(CLEAR_TEXT);
        }
        if (isProxyHeader(line)) {
            LOGGER.warn("{} sent a PROXY header, which is not taken here: closing", Peers.address(session));
            return Replies.farewell(PROXY_HEADER);
        }
        Optional<Reply> otherProtocol = SessionGuard.atCommand(firstWord(line));
        if (otherProtocol.isPresent()) {
            LOGGER.info("{} speaks HTTP: closing", Peers.address(session));
            return Replies.farewell(otherProtocol.get());
        }
        if (!isPrintable(line)) {
            LOGGER.info("{} sent a command with bytes that no command has", Peers.address(session));
            return Plaintext.guardAfter(session, Replies.response(BAD_CHARACTERS));
        }
        return Plaintext.guardAfter(session, super.onLine(session, line));
    }

    /** Whatever fails, the client is to try again: nothing passes that was not decided. */
    @Override
    protected Response dispatchCommandHandlers(SMTPSession session, Request request) {
        try {
            return super.dispatchCommandHandlers(session, request);
        } catch (RuntimeException e) {
            LOGGER.error("{} of {} failed", request.getCommand(), Peers.address(session), e);
            return Replies.response(Reply.TEMPORARY_FAILURE);
        }
    }

    private static boolean isProxyHeader(byte[] line) {
        return Arrays.equals(line, PROXY_2)
                || (line.length > PROXY.length && Arrays.equals(line, 0, PROXY.length, PROXY, 0, PROXY.length));
    }

    /** Whether a line is no command of anybody's; of a list of recipients, many may be in other scripts. */
    private static boolean isBinary(byte[] line) {
        return !isPrintable(line)
                && !new String(line, StandardCharsets.ISO_8859_1).regionMatches(true, 0, RCPT, 0, RCPT.length());
    }

    private static String firstWord(byte[] line) {
        int end = 0;
        while (end < line.length && line[end] > ' ') {
            end++;
        }
        return new String(line, 0, end, StandardCharsets.US_ASCII);
    }

    private static boolean isPrintable(byte[] line) {
        int end = line.length - 2;
        if (end < 0 || line[end] != CR || line[end + 1] != LF) {
            return false;
        }
        for (int i = 0; i < end; i++) {
            if (line[i] < ' ' || line[i] > '~') {
                return false;
            }
        }
        return true;
    }
}
