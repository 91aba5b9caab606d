package org.mailflow.core.decision;

import java.util.Optional;
import org.mailflow.core.ip.IpAddress;

/**
 * Where a mail came from (enhanced filtering).
 *
 * @param connecting the connecting address
 * @param skipListed the first address that is not looked past, whether that counts or not; empty where there is none, or the
 *     chain of Received headers cannot be read
 * @param recovered the same, where it counts for all recipients
 * @param hidden whether it is behind a server that is looked past, and nothing tells where: it is not that server's own mail
 * @param reason why
 */
public record MailSource(
        IpAddress connecting,
        Optional<IpAddress> skipListed,
        Optional<IpAddress> recovered,
        boolean hidden,
        Reason reason) {

    /** A mail whose source is the server that connects. */
    static MailSource connecting(IpAddress connecting, String why) {
        return new MailSource(connecting, Optional.empty(), Optional.empty(), false, Reason.of(why));
    }

    /** What IP lists and filters are asked about. */
    public IpAddress address() {
        return recovered.orElse(connecting);
    }
}
