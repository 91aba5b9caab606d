package org.mailflow.assembly.smtp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import org.apache.james.protocols.netty.CommandInjectionDetectedException;

/**
 * Cuts a client's input into lines, line ends included, and keeps what came before TLS apart from what comes after.
 *
 * <p>Whatever a client, or somebody on the line, sends behind {@code STARTTLS} and before the handshake is clear text that
 * must not be taken for protected input (RFC 3207 section 4.2; CVE-2011-0411 and many since). James guards against it by
 * searching input for the word, and forgets to after a refused DATA. Here it does not depend on content or on commands:
 * from the answer to STARTTLS until the handshake layer is in place, any octet ends the connection.
 *
 * <p>A line that is too long takes no memory, and does not vanish: the handler of commands is told of it, and how it ended, by a
 * {@link LineTooLongException}. James loses it, and with it what it was the end of.
 *
 * <p>All methods run on the connection's command thread.
 */
final class SmtpLineFramer extends ByteToMessageDecoder {
    private final ReadThrottle throttle;
    private final int maxLineOctets;
    private boolean awaitingTls;
    private boolean tooLong;
    private byte lastDropped;

    /**
     * A connection's.
     *
     * @param maxLineOctets the longest line, without its end
     */
    SmtpLineFramer(int maxLineOctets, ReadThrottle throttle) {
        this.maxLineOctets = maxLineOctets;
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
    protected void decode(ChannelHandlerContext context, ByteBuf buffer, List<Object> lines) {
        if (awaitingTls) {
            buffer.skipBytes(buffer.readableBytes());
            throw new CommandInjectionDetectedException();
        }
        int octets = buffer.bytesBefore((byte) '\n') + 1;
        if (octets == 0) {
            dropUnlessShort(buffer);
            return;
        }
        boolean endsInCrLf = (octets == 1 ? lastDropped : buffer.getByte(buffer.readerIndex() + octets - 2)) == '\r';
        if (tooLong || octets - (endsInCrLf ? 2 : 1) > maxLineOctets) {
            buffer.skipBytes(octets);
            forgetDropped();
            context.fireExceptionCaught(new LineTooLongException(endsInCrLf));
        } else {
            lines.add(buffer.readRetainedSlice(octets));
        }
    }

    /** A line without its end yet; a CR may be the first half of that. */
    private void dropUnlessShort(ByteBuf buffer) {
        int octets = buffer.readableBytes();
        if (octets > 0 && (tooLong || octets > maxLineOctets + 1)) {
            tooLong = true;
            lastDropped = buffer.getByte(buffer.writerIndex() - 1);
            buffer.skipBytes(octets);
        }
    }

    private void forgetDropped() {
        tooLong = false;
        lastDropped = 0;
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
