package org.mailflow.assembly.smtp;

import com.google.common.collect.ConcurrentHashMultiset;
import com.google.common.collect.Multiset;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.mailflow.core.decision.SessionGuard;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.ip.IpPrefix;

/**
 * Closes the connections of an address that has too many, where a /64 of IPv6 is one; behind a proxy, those of the client's
 * address count.
 */
@ChannelHandler.Sharable
final class ConnectionsPerAddress extends ChannelInboundHandlerAdapter {
    private final Multiset<IpPrefix> open = ConcurrentHashMultiset.create();
    private final int most;

    /** For all connections of a listener; with 0, any number may be open. */
    ConnectionsPerAddress(int most) {
        this.most = most;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
        IpPrefix client = client(context);
        open.add(client);
        if (most > 0 && open.count(client) > most) {
            var unused = context.close();
        }
        super.channelActive(context);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        open.remove(client(context));
        super.channelInactive(context);
    }

    private static IpPrefix client(ChannelHandlerContext context) {
        return SessionGuard.clientOf(
                IpAddress.of(ClientAddress.of(context.channel()).getAddress()));
    }
}
