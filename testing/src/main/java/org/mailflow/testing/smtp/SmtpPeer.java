package org.mailflow.testing.smtp;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Who a {@link SmtpSink} talks to.
 *
 * @param connection number of the connection, the sink's first is 1
 * @param client where the connection came from
 * @param server the address of the sink that it came to
 * @param hello the argument of the last EHLO or HELO; empty before one
 * @param tls empty for clear text
 */
public record SmtpPeer(
        int connection, InetSocketAddress client, InetSocketAddress server, String hello, Optional<TlsPeer> tls) {
    SmtpPeer withHello(String name) {
        return new SmtpPeer(connection, client, server, name, tls);
    }

    /** What was said before TLS is forgotten with it (RFC 3207 section 4.2). */
    SmtpPeer secured(TlsPeer session) {
        return new SmtpPeer(connection, client, server, "", Optional.of(session));
    }
}
