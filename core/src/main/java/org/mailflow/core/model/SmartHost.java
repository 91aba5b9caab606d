package org.mailflow.core.model;

import java.util.OptionalInt;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.ip.IpAddress;

/** A next hop of an outbound connector (cmdlet parameter SmartHosts; decision D7). */
public sealed interface SmartHost {

    /** The weight of a host for which none is written. */
    int DEFAULT_WEIGHT = 1;

    /** The port, where it is not the connector's. */
    OptionalInt port();

    /**
     * How large its share is among the connector's hosts, where the order goes by weight; 0 for one that is asked after
     * all others.
     */
    int weight();

    /**
     * A name: its MX records first, then its addresses. With a port it is the server itself.
     *
     * @param name the name
     * @param port the port, where one is written
     * @param weight 1 unless one is written
     */
    record Named(DomainName name, OptionalInt port, int weight) implements SmartHost {
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
     * @param weight 1 unless one is written
     */
    record Addressed(IpAddress address, OptionalInt port, int weight) implements SmartHost {
        @Override
        public String toString() {
            return "[" + address + "]" + (port.isPresent() ? ":" + port.getAsInt() : "");
        }
    }

    /**
     * Reads {@code mail.contoso.com}, {@code mail.contoso.com:2525}, {@code [192.0.2.1]}, {@code [2001:db8::1]:2525},
     * {@code 192.0.2.1} or {@code 192.0.2.1:2525}, each also with a weight: {@code mail.contoso.com;3}.
     *
     * @throws IllegalArgumentException where the text is none of them; the message says how to write it
     */
    static SmartHost parse(String text) {
        int semicolon = text.indexOf(';');
        return semicolon < 0
                ? parse(text, DEFAULT_WEIGHT)
                : parse(text.substring(0, semicolon), weight(text, text.substring(semicolon + 1)));
    }

    private static SmartHost parse(String text, int weight) {
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            if (end < 0) {
                throw new IllegalArgumentException(
                        "'" + text + "' has no closing bracket: write [192.0.2.1] or [2001:db8::1]:2525");
            }
            return new Addressed(IpAddress.parse(text.substring(1, end)), port(text, text.substring(end + 1)), weight);
        }
        int colon = text.indexOf(':');
        if (colon >= 0 && colon != text.lastIndexOf(':')) {
            throw new IllegalArgumentException("'" + text + "' is not a smart host: write an IPv6 address in brackets, "
                    + "like [2001:db8::1] or [2001:db8::1]:2525");
        }
        String host = colon < 0 ? text : text.substring(0, colon);
        OptionalInt port = port(text, colon < 0 ? "" : text.substring(colon));
        return isIPv4(host)
                ? new Addressed(IpAddress.parse(host), port, weight)
                : new Named(DomainName.parse(host), port, weight);
    }

    private static int weight(String text, String digits) {
        if (!digits.matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException(
                    "'" + text + "' has no valid weight: write a number from 0 to 999 behind the semicolon");
        }
        return Integer.parseInt(digits);
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
