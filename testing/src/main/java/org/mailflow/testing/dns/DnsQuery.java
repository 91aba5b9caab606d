package org.mailflow.testing.dns;

import java.util.Locale;

/**
 * A question that was put to the server.
 *
 * @param name lower case, without the final dot; empty for the root
 * @param type for example {@code MX}
 * @param overTcp false for UDP
 */
public record DnsQuery(String name, String type, boolean overTcp) {
    public DnsQuery {
        name = name.toLowerCase(Locale.ROOT);
    }
}
