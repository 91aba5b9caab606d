package org.mailflow.core.config.checks;

import org.mailflow.core.ip.IpPrefix;

/** Networks that are wider than what a registry gives to anybody: more likely a slip than meant. */
final class WideNetworks {

    private static final int IPV4 = 8;
    private static final int IPV6 = 16;

    private WideNetworks() {}

    static boolean isWide(IpPrefix prefix) {
        return prefix.length() < (prefix.network().isIpv4() ? IPV4 : IPV6);
    }
}
