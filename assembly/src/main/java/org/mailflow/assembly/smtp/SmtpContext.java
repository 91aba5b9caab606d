package org.mailflow.assembly.smtp;

import io.netty.channel.ChannelHandlerContext;
import org.apache.james.protocols.api.Protocol;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.netty.ProtocolMDCContextFactory;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.SMTPMDCContextFactory;
import org.apache.james.util.MDCBuilder;

/**
 * What log lines of a session say of it. James looks up the client's name by its address for that, before it greets, on the thread
 * that serves the sockets; here the address is all.
 */
final class SmtpContext implements ProtocolMDCContextFactory {

    private final SMTPMDCContextFactory james = new SMTPMDCContextFactory();

    @Override
    public MDCBuilder onBound(Protocol protocol, ChannelHandlerContext context) {
        return MDCBuilder.create()
                .addToContext(MDCBuilder.PROTOCOL, protocol.getName())
                .addToContext(
                        MDCBuilder.IP,
                        ClientAddress.of(context.channel()).getAddress().getHostAddress());
    }

    @Override
    public MDCBuilder withContext(ProtocolSession session) {
        return session instanceof SMTPSession ? james.withContext(session) : MDCBuilder.create();
    }
}
