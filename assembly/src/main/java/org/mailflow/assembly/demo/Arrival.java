package org.mailflow.assembly.demo;

import java.util.List;
import java.util.Optional;

/**
 * A mail as it was found where it ended.
 *
 * @param end at which place
 * @param address in whose mailbox
 * @param received the values of its trace headers, the newest first
 * @param lastConnection how it came, where the place writes no trace header
 */
record Arrival(Place end, String address, List<String> received, Optional<Connection> lastConnection) {

    /** Copies the list. */
    Arrival {
        received = List.copyOf(received);
    }

    /**
     * The connection that brought a mail, as the listening end saw it.
     *
     * @param clientIp where it came from
     * @param tlsVersion empty in clear text
     * @param tlsCipher the cipher suite
     * @param recipients the addresses in the envelope
     */
    record Connection(
            String clientIp, Optional<String> tlsVersion, Optional<String> tlsCipher, List<String> recipients) {
        /** Copies the list. */
        Connection {
            recipients = List.copyOf(recipients);
        }
    }
}
