package org.mailflow.assembly.smtp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.LineBasedFrameDecoder;
import org.apache.james.protocols.netty.CommandInjectionDetectedException;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a client's input into lines, line ends included, and keeps what came before TLS apart from what comes after.
 *
 * <p>Whatever a client, or somebody on the line, sends behind {@code STARTTLS} and before the handshake is clear text that
 * must not be taken for protected input (RFC 3207 section 4.2; CVE-2011-0411 and many since). James guards against it by
 * searching input for the word, and forgets to after a refused DATA. Here it does not depend on content or on commands:
 * from the answer to STARTTLS until the handshake layer is in place, any octet ends the connection.
 *
 * <p>All methods run on the connection's command thread.
 */
final class SmtpLineFramer extends LineBasedFrameDecoder {
    private final ReadThrottle throttle;
    private boolean awaitingTls;

    SmtpLineFramer(int maxLineOctets, ReadThrottle throttle) {
        super(maxLineOctets, false, false);
        this.throttle = throttle;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        int octets = message instanceof ByteBuf buffer ? buffer.readableBytes() : 0;
        try {
            super.channelRead(context, message);
        } finally {
            throttle.consumed(context.channel(), octets);
        }
    }

    @Override
    protected @Nullable Object decode(ChannelHandlerContext context, ByteBuf buffer) throws Exception {
        if (awaitingTls) {
            buffer.skipBytes(buffer.readableBytes());
            throw new CommandInjectionDetectedException();
        }
        return super.decode(context, buffer);
    }

    /**
     * Says that STARTTLS is about to be answered with 220.
     *
     * @throws CommandInjectionDetectedException where input is waiting behind the command
     */
    void expectTls() {
        if (actualReadableBytes() > 0) {
            throw new CommandInjectionDetectedException();
        }
        awaitingTls = true;
    }

    /** Says that all input that is delivered from now on went through the handshake layer. */
    void tlsIsInPlace() {
        awaitingTls = false;
    }
}
