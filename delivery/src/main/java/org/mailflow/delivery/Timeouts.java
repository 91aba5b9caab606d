package org.mailflow.delivery;

import java.time.Duration;

/**
 * How long a host may take (RFC 5321, 4.5.3.2). Each is the whole time of its step: a host that sends a byte now and
 * then gains nothing.
 *
 * @param connect to open the connection
 * @param command to answer a command, the greeting, or a TLS handshake
 * @param chunk to take 16 KiB of content
 * @param finalReply to answer the end of the content
 */
public record Timeouts(Duration connect, Duration command, Duration chunk, Duration finalReply) {

    /** Used unless others are set. */
    public static final Timeouts DEFAULT =
            new Timeouts(Duration.ofSeconds(20), Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofMinutes(5));
}
