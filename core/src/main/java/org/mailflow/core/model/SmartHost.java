package org.mailflow.core.model;

import java.util.OptionalInt;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.ip.IpAddress;

/** A next hop of an outbound connector (cmdlet parameter SmartHosts; decision D7). */
public sealed interface SmartHost {

    /** The port, where it is not the connector's. */
    OptionalInt port();

    /**
     * A name: its MX records first, then its addresses. With a port it is the server itself.
     *
     * @param name the name
     * @param port the port, where one is written
     */
    record Named(DomainName name, OptionalInt port) implements SmartHost {
        @Override
        public String toString() {
            return name + (port.isPresent() ? ":" + port.getAsInt() : "");
        }
    }

    /**
     * An address.
     *
     * @param address the address
     * @param port the port, where one is written
     */
    record Addressed(IpAddress address, OptionalInt port) implements SmartHost {
        @Override
        public String toString() {
            return "[" + address + "]" + (port.isPresent() ? ":" + port.getAsInt() : "");
        }
    }

    /**
     * Reads {@code mail.contoso.com}, {@code mail.contoso.com:2525}, {@code [192.0.2.1]}, {@code [2001:db8::1]:2525},
     * {@code 192.0.2.1} or {@code 192.0.2.1:2525}.
     *
     * @throws IllegalArgumentException where the text is none of them; the message says how to write it
     */
    static SmartHost parse(String text) {
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            if (end < 0) {
                throw new IllegalArgumentException(
                        "'" + text + "' has no closing bracket: write [192.0.2.1] or [2001:db8::1]:2525");
            }
            return new Addressed(IpAddress.parse(text.substring(1, end)), port(text, text.substring(end + 1)));
        }
        int colon = text.indexOf(':');
        if (colon >= 0 && colon != text.lastIndexOf(':')) {
            throw new IllegalArgumentException("'" + text + "' is not a smart host: write an IPv6 address in brackets, "
                    + "like [2001:db8::1] or [2001:db8::1]:2525");
        }
        String host = colon < 0 ? text : text.substring(0, colon);
        OptionalInt port = port(text, colon < 0 ? "" : text.substring(colon));
        return isIPv4(host) ? new Addressed(IpAddress.parse(host), port) : new Named(DomainName.parse(host), port);
    }

    private static boolean isIPv4(String host) {
        return host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    }

    private static OptionalInt port(String text, String suffix) {
        if (suffix.isEmpty()) {
            return OptionalInt.empty();
        }
        if (suffix.matches(":[0-9]{1,5}")) {
            int port = Integer.parseInt(suffix.substring(1));
            if (port >= 1 && port <= 65_535) {
                return OptionalInt.of(port);
            }
        }
        throw new IllegalArgumentException("'" + text + "' has no valid port: write a number from 1 to 65535");
    }
}
