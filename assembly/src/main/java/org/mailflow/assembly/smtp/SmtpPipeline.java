package org.mailflow.assembly.smtp;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.util.concurrent.EventExecutorGroup;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.james.protocols.netty.AbstractSSLAwareChannelPipelineFactory;
import org.apache.james.protocols.netty.Encryption;
import org.apache.james.protocols.netty.HandlerConstants;
import org.mailflow.core.ip.IpSet;

/**
 * The way of a connection's bytes: the header of a trusted proxy, where one is to come, then limits and time-outs on the
 * socket's thread, then lines and commands on one of ours. Line framer and commands share a thread at a time, so that a line is cut only when the one before it was answered.
 */
@ChannelHandler.Sharable
final class SmtpPipeline extends AbstractSSLAwareChannelPipelineFactory<SocketChannel> {
    private static final int MAX_LINE_OCTETS = 8192;

    /** James counts the connections of a proxy, not those of a client; see {@link ConnectionsPerAddress}. */
    private static final int ANY_NUMBER = 0;
    /** What stands behind the addresses in a PROXY header; proxies send some hundred octets at the most. */
    private static final int MAX_PROXY_EXTRAS = 2048;

    private final ConnectionsPerAddress perAddress;
    private final Optional<Supplier<IpSet>> trustedProxies;
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

    /**
     * A listener's.
     *
     * @param trustedProxies whose PROXY header is believed, where connections begin with one
     */
    SmtpPipeline(
            Limits limits,
            Optional<Supplier<IpSet>> trustedProxies,
            Supplier<Encryption> encryption,
            EventExecutorGroup commands,
            Supplier<ChannelInboundHandlerAdapter> sessions) {
        super(
                limits.idleSeconds(),
                limits.connections(),
                ANY_NUMBER,
                false,
                encryption,
                pipeline -> new Placeholder(),
                commands);
        this.perAddress = new ConnectionsPerAddress(limits.perAddress());
        this.trustedProxies = trustedProxies;
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
        pipeline.addFirst(perAddress);
        // In front of TLS too.
        trustedProxies.ifPresent(trusted ->
                pipeline.addFirst(new HAProxyMessageDecoder(MAX_PROXY_EXTRAS), new ProxyGate(trusted.get())));
        pipeline.addLast(commands, HandlerConstants.FRAMER, new SmtpLineFramer(MAX_LINE_OCTETS, throttle));
        pipeline.addLast(commands, HandlerConstants.CORE_HANDLER, sessions.get());
    }

    @Override
    protected ChannelInboundHandlerAdapter createHandler() {
        return new Placeholder();
    }

    private static final class Placeholder extends ChannelInboundHandlerAdapter {}
}
