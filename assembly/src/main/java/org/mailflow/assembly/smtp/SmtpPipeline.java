package org.mailflow.assembly.smtp;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.EventExecutorGroup;
import java.util.function.Supplier;
import org.apache.james.protocols.netty.AbstractSSLAwareChannelPipelineFactory;
import org.apache.james.protocols.netty.Encryption;
import org.apache.james.protocols.netty.HandlerConstants;

/**
 * The way of a connection's bytes: James' limits and time-outs on the socket's thread, then lines and commands on one of
 * ours. Line framer and commands share a thread at a time, so that a line is cut only when the one before it was answered.
 */
@ChannelHandler.Sharable
final class SmtpPipeline extends AbstractSSLAwareChannelPipelineFactory<SocketChannel> {
    private static final int MAX_LINE_OCTETS = 8192;

    private final EventExecutorGroup commands;
    private final Supplier<ChannelInboundHandlerAdapter> sessions;

    /**
     * What James' own handlers enforce.
     *
     * @param idleSeconds after how long without input a connection is closed
     * @param connections how many connections there may be; 0: any number
     * @param perAddress how many from one address; 0: any number
     */
    record Limits(int idleSeconds, int connections, int perAddress) {}

    SmtpPipeline(
            Limits limits,
            boolean proxied,
            Supplier<Encryption> encryption,
            EventExecutorGroup commands,
            Supplier<ChannelInboundHandlerAdapter> sessions) {
        super(
                limits.idleSeconds(),
                limits.connections(),
                limits.perAddress(),
                proxied,
                encryption,
                pipeline -> new Placeholder(),
                commands);
        this.commands = commands;
        this.sessions = sessions;
    }

    /** Lets James build its pipeline around placeholders, then puts framer and commands at its end, on our threads. */
    @Override
    public void initChannel(SocketChannel channel) throws Exception {
        super.initChannel(channel);
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.remove(HandlerConstants.FRAMER);
        pipeline.remove(HandlerConstants.CORE_HANDLER);
        ReadThrottle throttle = new ReadThrottle();
        pipeline.addLast(throttle);
        pipeline.addLast(commands, HandlerConstants.FRAMER, new SmtpLineFramer(MAX_LINE_OCTETS, throttle));
        pipeline.addLast(commands, HandlerConstants.CORE_HANDLER, sessions.get());
    }

    @Override
    protected ChannelInboundHandlerAdapter createHandler() {
        return new Placeholder();
    }

    private static final class Placeholder extends ChannelInboundHandlerAdapter {}
}
