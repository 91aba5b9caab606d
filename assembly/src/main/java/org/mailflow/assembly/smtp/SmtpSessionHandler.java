package org.mailflow.assembly.smtp;

import io.netty.channel.ChannelHandlerContext;
import org.apache.james.protocols.api.Protocol;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.netty.Encryption;
import org.apache.james.smtpserver.netty.SMTPChannelInboundHandler;
import org.apache.james.smtpserver.netty.SmtpMetrics;

/** James' command handler with a transport that can be used from command threads. */
final class SmtpSessionHandler extends SMTPChannelInboundHandler {
    SmtpSessionHandler(Protocol protocol, Encryption encryption, boolean proxied, SmtpMetrics metrics) {
        super(protocol, encryption, proxied, metrics);
    }

    @Override
    protected ProtocolSession createSession(ChannelHandlerContext context) {
        return protocol.newSession(new SmtpTransport(context.channel(), secure, proxyRequired));
    }
}
