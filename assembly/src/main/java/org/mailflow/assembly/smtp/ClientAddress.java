package org.mailflow.assembly.smtp;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;

/** Where a client connects from: the other end of the socket, or what a trusted proxy says of it. */
final class ClientAddress {
    private static final AttributeKey<InetSocketAddress> BEHIND_PROXY =
            AttributeKey.valueOf(ClientAddress.class, "behindProxy");

    private ClientAddress() {}

    /** Notes what a trusted proxy says. */
    static void set(Channel channel, InetSocketAddress client) {
        channel.attr(BEHIND_PROXY).set(client);
    }

    static InetSocketAddress of(Channel channel) {
        InetSocketAddress behindProxy = channel.attr(BEHIND_PROXY).get();
        return behindProxy == null ? (InetSocketAddress) channel.remoteAddress() : behindProxy;
    }
}
