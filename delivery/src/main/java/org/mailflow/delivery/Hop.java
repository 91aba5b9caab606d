package org.mailflow.delivery;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.mailflow.core.ip.IpAddress;

/**
 * A host to connect to.
 *
 * @param name its name, where it was found by one
 * @param address its address
 * @param port its port
 */
record Hop(Optional<String> name, IpAddress address, int port) {

    InetSocketAddress socketAddress() throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByAddress(address.toBytes()), port);
    }

    /** {@code mail.contoso.com[192.0.2.1]:25}. */
    @Override
    public String toString() {
        return name.orElse("") + "[" + address + "]:" + port;
    }
}
