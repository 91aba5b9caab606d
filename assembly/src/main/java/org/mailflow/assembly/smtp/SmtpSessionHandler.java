package org.mailflow.assembly.smtp;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.protocols.api.Protocol;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.netty.BasicChannelInboundHandler;
import org.apache.james.protocols.netty.Encryption;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.smtpserver.ExtendedSMTPSession;
import org.apache.james.smtpserver.SMTPConstants;
import org.apache.james.smtpserver.netty.SmtpMetrics;
import org.jspecify.annotations.Nullable;
import org.mailflow.core.decision.Reply;
import org.mailflow.smtp.ContentLimitFilter;
import org.mailflow.smtp.MailflowCommandDispatcher;

/**
 * James' command handler, which asks no DNS for the client's name, with a transport that can be used from command threads, and with an end in good order: when the
 * server stops, a mail whose content is under way is taken and answered, everything else is answered with 421 (RFC 5321,
 * 3.8), so that the client knows what it must send again.
 */
final class SmtpSessionHandler extends BasicChannelInboundHandler {
    private static final Reply SHUTTING_DOWN = new Reply(421, "4.3.2", "Service shutting down, try again later");

    private final SmtpMetrics metrics;
    private final OpenSessions sessions;
    private final Supplier<Duration> longest;
    /** How many handlers take lines in the place of the commands: content, or an exchange of AUTH. */
    private final AtomicInteger contentHandlers = new AtomicInteger();

    private volatile @Nullable ChannelHandlerContext connection;
    private volatile @Nullable Future<?> lastMoment;

    /**
     * A connection.
     *
     * @param longest how long a connection may last that begins now
     */
    SmtpSessionHandler(
            Protocol protocol,
            Encryption encryption,
            SmtpMetrics metrics,
            OpenSessions sessions,
            Supplier<Duration> longest) {
        super(new SmtpContext(), protocol, encryption, false);
        this.metrics = metrics;
        resultHandlers.add((session, response, millis, handler) -> {
            metrics.getCommandsMetric().increment();
            return response;
        });
        this.sessions = sessions;
        this.longest = longest;
    }

    @Override
    protected ProtocolSession createSession(ChannelHandlerContext context) {
        return protocol.newSession(new SmtpTransport(context.channel(), secure));
    }

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
        connection = context;
        sessions.opened(this);
        metrics.getConnectionMetric().increment();
        if (sessions.isClosing()) {
            end(context, SHUTTING_DOWN);
            return;
        }
        limitTime(context);
        super.channelActive(context);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        try {
            super.channelInactive(context);
        } finally {
            metrics.getConnectionMetric().decrement();
            sessions.closed(this);
            Future<?> timer = lastMoment;
            if (timer != null) {
                timer.cancel(false);
            }
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        super.channelRead(context, message);
        if (sessions.isClosing()) {
            endUnlessInContent(context);
        }
    }

    /** A line of a mail's content that is too long refuses the mail at its end; the client expects no answer before. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
        boolean answered = cause instanceof LineTooLongException line
                && context.channel().attr(SESSION_ATTRIBUTE_KEY).get() instanceof SMTPSession session
                && ContentLimitFilter.skipLine(session, line.endsInCrLf());
        if (!answered) {
            super.exceptionCaught(context, cause);
        }
    }

    /** Removes what a mail left behind that did not come to its end; James looks for it in the wrong place. */
    @Override
    protected void cleanup(ChannelHandlerContext context) {
        if (context.channel().attr(SESSION_ATTRIBUTE_KEY).get() instanceof ExtendedSMTPSession session) {
            session.getAttachment(SMTPConstants.MAIL, State.Transaction).ifPresent(LifecycleUtil::dispose);
            LifecycleUtil.dispose(session.getMimeMessageWriter());
        }
        super.cleanup(context);
    }

    /** Ends the session, behind the command that is being carried out. */
    void dismiss() {
        ChannelHandlerContext context = connection;
        if (context != null) {
            context.executor().execute(() -> endUnlessInContent(context));
        }
    }

    @Override
    public void pushLineHandler(ChannelInboundHandlerAdapter handler) {
        contentHandlers.incrementAndGet();
        super.pushLineHandler(handler);
    }

    @Override
    public void popLineHandler() {
        contentHandlers.updateAndGet(count -> Math.max(0, count - 1));
        super.popLineHandler();
    }

    /**
     * Also a client that sends content drop by drop comes to an end. The connection is closed behind the command that is
     * being carried out, so that a mail that is just being stored is answered first.
     */
    private void limitTime(ChannelHandlerContext context) {
        lastMoment = context.channel()
                .eventLoop()
                .schedule(
                        () -> context.executor().execute(() -> end(context, Reply.CONNECTION_TIMED_OUT)),
                        longest.get().toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private void endUnlessInContent(ChannelHandlerContext context) {
        if (contentHandlers.get() == 0) {
            end(context, SHUTTING_DOWN);
        }
    }

    private static void end(ChannelHandlerContext context, Reply reply) {
        if (context.channel().isActive()) {
            // What has arrived already is not carried out behind it: the client must send it again.
            if (context.channel().attr(SESSION_ATTRIBUTE_KEY).get() instanceof SMTPSession session) {
                MailflowCommandDispatcher.dismiss(session);
            }
            context.writeAndFlush(Unpooled.copiedBuffer(reply + "\r\n", StandardCharsets.US_ASCII))
                    .addListener(ChannelFutureListener.CLOSE);
        }
    }
}
