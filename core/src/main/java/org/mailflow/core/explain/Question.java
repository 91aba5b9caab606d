package org.mailflow.core.explain;

import java.util.List;
import java.util.Optional;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.decision.Peer;
import org.mailflow.core.mime.RawField;

/**
 * A mail that might come.
 *
 * @param peer who would bring it
 * @param sender MAIL FROM; empty for the null sender
 * @param recipients RCPT TO, in order
 * @param header its header as the peer would send it, from the top; empty where it is not known
 * @param size its size in bytes, as the peer would say it at MAIL (RFC 1870); 0 where it is not known
 */
public record Question(
        Peer peer, Optional<EmailAddress> sender, List<EmailAddress> recipients, List<RawField> header, long size) {

    private static final String RECEIVED = "Received";

    /** A mail of unknown size. */
    public Question(Peer peer, Optional<EmailAddress> sender, List<EmailAddress> recipients, List<RawField> header) {
        this(peer, sender, recipients, header, 0);
    }

    /** Copies the lists. */
    public Question {
        recipients = List.copyOf(recipients);
        header = List.copyOf(header);
    }

    /** The values of its Received fields, from the top. */
    public List<String> received() {
        return values(RECEIVED);
    }

    /** The values of all fields of a name, in any letter case, from the top. */
    public List<String> values(String name) {
        return header.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(RawField::value)
                .toList();
    }
}
