package org.mailflow.assembly.smtp;

import com.google.common.net.InetAddresses;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.ip.IpSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a connection in behind its PROXY header (HAProxy's PROXY protocol, versions 1 and 2), which is believed from the proxies of
 * {@code trustedProxies} alone: nothing is said to anybody else, nor to a proxy that sends no valid header in time. All other
 * handlers learn of the connection when its client is known. LOCAL, by which a proxy checks the server, is a connection of the
 * proxy's own.
 */
final class ProxyGate extends ChannelInboundHandlerAdapter {
    private static final Logger LOGGER = LoggerFactory.getLogger(ProxyGate.class);
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final IpSet trusted;
    private @Nullable Future<?> lastMoment;

    /** For a connection, with the proxies that are trusted now. */
    ProxyGate(IpSet trusted) {
        this.trusted = trusted;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        SocketAddress peer = context.channel().remoteAddress();
        if (peer instanceof InetSocketAddress address && trusted.contains(IpAddress.of(address.getAddress()))) {
            lastMoment = context.executor()
                    .schedule(
                            () -> refuse(context, "sent no PROXY header in time"),
                            PATIENCE.toMillis(),
                            TimeUnit.MILLISECONDS);
        } else {
            refuse(context, "is none of the trustedProxies");
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof HAProxyMessage header)) {
            ReferenceCountUtil.release(message);
            return;
        }
        try {
            enter(context, header);
        } finally {
            header.release();
        }
    }

    private void enter(ChannelHandlerContext context, HAProxyMessage header) {
        boolean local = header.command() == HAProxyCommand.LOCAL;
        if (!local && !isTcp(header.proxiedProtocol())) {
            refuse(context, "sent a PROXY header without an address");
            return;
        }
        if (!local) {
            ClientAddress.set(
                    context.channel(),
                    new InetSocketAddress(InetAddresses.forString(header.sourceAddress()), header.sourcePort()));
        }
        stopWaiting();
        context.fireChannelActive();
        context.pipeline().remove(this);
    }

    private static boolean isTcp(HAProxyProxiedProtocol protocol) {
        return protocol == HAProxyProxiedProtocol.TCP4 || protocol == HAProxyProxiedProtocol.TCP6;
    }

    /** Nobody else knows of the connection. */
    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stopWaiting();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        // Nobody else has read anything.
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        refuse(context, "sent no valid PROXY header: " + cause.getMessage());
    }

    private void refuse(ChannelHandlerContext context, String why) {
        stopWaiting();
        if (context.channel().isOpen()) {
            LOGGER.warn("{} {}: closing", context.channel().remoteAddress(), why);
            var unused = context.close();
        }
    }

    private void stopWaiting() {
        Future<?> waiting = lastMoment;
        if (waiting != null) {
            waiting.cancel(false);
        }
    }
}
