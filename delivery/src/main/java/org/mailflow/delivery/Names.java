package org.mailflow.delivery;

import java.util.List;
import org.mailflow.core.ip.IpAddress;

/**
 * Looks names up in DNS. "There is none" and "nobody can tell" are different answers: the first may return a mail to its
 * sender, the second never does. Implementations are safe for use by many threads.
 */
public interface Names {

    /**
     * An answer of DNS.
     *
     * @param <T> what was looked for
     */
    sealed interface Answer<T> {

        /**
         * There are some.
         *
         * @param values at least one
         */
        record Found<T>(List<T> values) implements Answer<T> {
            /** Copies the values. */
            public Found {
                values = List.copyOf(values);
            }
        }

        /**
         * There is certainly none.
         *
         * @param domainExists whether the name exists with other records
         */
        record None<T>(boolean domainExists) implements Answer<T> {}

        /**
         * Nobody can tell now.
         *
         * @param why for the administrator
         */
        record Unavailable<T>(String why) implements Answer<T> {}
    }

    /**
     * The mail exchangers of a domain, the most preferred first, equals in random order (RFC 5321, 5.1). A single {@code
     * .} means that the domain takes no mail (RFC 7505).
     */
    Answer<String> mailExchangers(String domain);

    /** The addresses of a host, IPv4 first. */
    Answer<IpAddress> addresses(String host);
}
