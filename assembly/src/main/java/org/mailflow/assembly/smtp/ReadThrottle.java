package org.mailflow.assembly.smtp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stops reading from a socket while its commands lag behind.
 *
 * <p>Input waits in memory for the thread that runs the commands; without this, a client that sends faster than the server
 * stores would fill the heap with one mail.
 */
final class ReadThrottle extends ChannelInboundHandlerAdapter {
    private static final long MAX_WAITING_OCTETS = 1 << 20;
    private static final long RESUME_OCTETS = MAX_WAITING_OCTETS / 4;

    private final AtomicLong waiting = new AtomicLong();

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf octets && waiting.addAndGet(octets.readableBytes()) > MAX_WAITING_OCTETS) {
            context.channel().config().setAutoRead(false);
            // The commands may have caught up before reading was stopped, and would not look again.
            consumed(context.channel(), 0);
        }
        context.fireChannelRead(message);
    }

    /** Says that the commands took octets; on any thread. */
    void consumed(Channel channel, int octets) {
        if (waiting.addAndGet(-octets) <= RESUME_OCTETS && !channel.config().isAutoRead()) {
            channel.config().setAutoRead(true);
        }
    }
}
