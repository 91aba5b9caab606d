package org.mailflow.delivery;

import java.util.Optional;
import org.apache.james.core.MailAddress;
import org.mailflow.core.ip.IpAddress;

/** Addresses with an IP address for a domain (RFC 5321, 4.1.3), from which James takes the brackets. */
final class DomainLiterals {

    private static final String IPV6 = "IPv6:";

    private DomainLiterals() {}

    /** The IP address that stands for a domain; empty where it is a name. */
    static Optional<IpAddress> address(String domain) {
        boolean bracketed = domain.startsWith("[") && domain.endsWith("]");
        String text = bracketed ? domain.substring(1, domain.length() - 1) : domain;
        try {
            return Optional.of(IpAddress.parse(
                    text.regionMatches(true, 0, IPV6, 0, IPV6.length()) ? text.substring(IPV6.length()) : text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The address as MAIL and RCPT have it. */
    static String path(MailAddress address) {
        return address(address.getDomain().asString())
                .map(ip -> address.getLocalPart() + "@[" + (ip.isIpv4() ? "" : IPV6) + ip + "]")
                .orElseGet(address::asString);
    }
}
