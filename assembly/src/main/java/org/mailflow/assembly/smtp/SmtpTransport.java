package org.mailflow.assembly.smtp;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.net.InetSocketAddress;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.netty.Encryption;
import org.apache.james.protocols.netty.HandlerConstants;
import org.apache.james.protocols.netty.NettyProtocolTransport;

/**
 * Knows the client's address behind a proxy, and starts TLS from a command thread.
 *
 * <p>James writes the answer and puts the handshake layer in place one after the other, which is safe only on the socket's
 * own thread: from any other, a quick client's first handshake record could slip through between the two and be read as a
 * command.
 */
final class SmtpTransport extends NettyProtocolTransport {
    private final Channel channel;
    private final Encryption encryption;

    SmtpTransport(Channel channel, Encryption encryption) {
        // James is not to ask for a PROXY header of its own: see ProxyGate.
        super(channel, encryption, false);
        this.channel = channel;
        this.encryption = encryption;
    }

    @Override
    public InetSocketAddress getRemoteAddress() {
        return ClientAddress.of(channel);
    }

    @Override
    protected void writeToClient(byte[] answer, ProtocolSession session, boolean startTls) {
        if (!startTls) {
            super.writeToClient(answer, session, false);
            return;
        }
        ChannelHandlerContext context = channel.pipeline().context(HandlerConstants.FRAMER);
        SmtpLineFramer framer = (SmtpLineFramer) context.handler();
        framer.expectTls();
        channel.eventLoop().execute(() -> {
            // A failed write closes the connection, which is all that could be done about it.
            var unused = channel.writeAndFlush(Unpooled.wrappedBuffer(answer));
            channel.pipeline().addFirst(HandlerConstants.SSL_HANDLER, encryption.sslHandler());
            // Runs behind all input that was read before this moment, and before all that is read after it.
            context.executor().execute(framer::tlsIsInPlace);
        });
    }
}
