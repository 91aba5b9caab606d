package org.mailflow.core.ip;

import java.util.List;
import java.util.stream.Stream;

/** The networks whose addresses mean another host everywhere: private (RFC 1918, RFC 4193), link-local and loopback. */
public final class PrivateNetworks {

    private static final List<IpPrefix> NETWORKS = Stream.of(
                    "10.0.0.0/8",
                    "172.16.0.0/12",
                    "192.168.0.0/16",
                    "169.254.0.0/16",
                    "127.0.0.0/8",
                    "fc00::/7",
                    "fe80::/10",
                    "::1")
            .map(IpPrefix::parse)
            .toList();
    private static final IpSet ADDRESSES = IpSet.of(NETWORKS);

    private PrivateNetworks() {}

    /** Whether the address is in one of them. */
    public static boolean contain(IpAddress address) {
        return ADDRESSES.contains(address);
    }

    /** Whether the whole network is in one of them. */
    public static boolean contain(IpPrefix prefix) {
        return NETWORKS.stream().anyMatch(network -> network.contains(prefix));
    }
}
