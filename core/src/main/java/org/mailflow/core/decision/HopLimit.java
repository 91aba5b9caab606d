package org.mailflow.core.decision;

import java.util.List;
import java.util.Optional;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.Organization;
import org.mailflow.core.model.Premises;

/**
 * The last guard against loops: how many servers a mail may have passed through (RFC 5321, 6.3; parameter MaxHopCount
 * of Set-ReceiveConnector; decision D6).
 */
public final class HopLimit {

    private static final int CLOUD = 20;
    private static final int ON_PREMISES = 30;

    /**
     * A mail that goes in circles.
     *
     * @param reply the answer to the peer
     * @param reason how many hops it took, and how many are allowed
     */
    public record Exceeded(Reply reply, Reason reason) {}

    private HopLimit() {}

    /**
     * Judges a mail by the Received headers that it arrived with.
     *
     * @param organization whose originating mail it is; empty for incoming mail, which is judged for its recipients
     * @param received how many Received headers it has, our own left out
     * @return empty where the mail may pass
     */
    public static Optional<Exceeded> judge(
            Mailflow mailflow, Optional<String> organization, List<EmailAddress> recipients, int received) {
        Premises premises = organization
                .flatMap(mailflow::organization)
                .or(() -> recipients.stream()
                        .flatMap(recipient -> mailflow.accepted(recipient.domain()).stream())
                        .map(Mailflow.Accepted::organization)
                        .findFirst())
                .map(Organization::premises)
                .orElse(Premises.ON_PREMISES);
        int limit = premises == Premises.CLOUD ? CLOUD : ON_PREMISES;
        return received > limit
                ? Optional.of(new Exceeded(
                        premises == Premises.CLOUD ? Reply.HOP_COUNT_EXCEEDED_IN_CLOUD : Reply.HOP_COUNT_EXCEEDED,
                        Reason.of("the mail took " + received + " hops, and " + limit + " are allowed "
                                + (premises == Premises.CLOUD ? "in the cloud" : "on-premises"))))
                : Optional.empty();
    }
}
