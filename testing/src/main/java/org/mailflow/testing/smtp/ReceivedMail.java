package org.mailflow.testing.smtp;

import java.time.Instant;
import java.util.List;

/**
 * One transaction that came as far as the final dot.
 *
 * @param peer as it was at the final dot
 * @param recipients those that the sink accepted, in order
 * @param refused those that the sink refused, in order
 * @param content after dot-unstuffing, otherwise byte for byte
 * @param reply what the sink answered to the final dot; empty where it closed the connection instead
 */
public record ReceivedMail(
        SmtpPeer peer,
        EnvelopePath sender,
        List<EnvelopePath> recipients,
        List<EnvelopePath> refused,
        MailContent content,
        String reply,
        Instant at) {
    public ReceivedMail {
        recipients = List.copyOf(recipients);
        refused = List.copyOf(refused);
    }

    /** Whether the sink took responsibility for the mail. */
    public boolean accepted() {
        return reply.startsWith("2");
    }

    /** The addresses of {@link #recipients}. */
    public List<String> recipientAddresses() {
        return recipients.stream().map(EnvelopePath::address).toList();
    }
}
