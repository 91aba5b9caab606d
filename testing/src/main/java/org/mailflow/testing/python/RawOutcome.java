package org.mailflow.testing.python;

import java.util.List;
import java.util.Optional;

/**
 * What came of a {@link RawSession}.
 *
 * @param replies every reply that was read, its lines separated by LF
 * @param end {@code open} where every step was done; else {@code closed}, {@code silent}, {@code timeout}, or how the connection
 *     failed: {@code reset: …}, {@code tls: …}
 * @param surplus what came and was no part of a reply, or came in clear text before the handshake and was not read
 * @param resumed whether the TLS session of an earlier connection was resumed
 * @param version the TLS version; empty in clear text
 */
public record RawOutcome(List<String> replies, String end, String surplus, boolean resumed, Optional<String> version) {
    public RawOutcome {
        replies = List.copyOf(replies);
    }

    /** The last reply; empty where there was none. */
    public String last() {
        return replies.isEmpty() ? "" : replies.get(replies.size() - 1);
    }

    /** How many replies begin so. */
    public long count(String prefix) {
        return replies.stream().filter(reply -> reply.startsWith(prefix)).count();
    }
}
