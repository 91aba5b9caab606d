package org.mailflow.core.explain;

import java.util.List;
import java.util.Optional;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.decision.Peer;

/**
 * A mail that might come.
 *
 * @param peer who would bring it
 * @param sender MAIL FROM; empty for the null sender
 * @param recipients RCPT TO, in order
 * @param received the values of its Received headers, from the top; empty where they are not known
 */
public record Question(Peer peer, Optional<EmailAddress> sender, List<EmailAddress> recipients, List<String> received) {

    /** Copies the lists. */
    public Question {
        recipients = List.copyOf(recipients);
        received = List.copyOf(received);
    }
}
