package org.mailflow.core.decision;

import java.util.List;
import org.mailflow.core.tls.PeerIdentity;

/**
 * What RCPT TO is answered, with everything that was asked on the way.
 *
 * @param steps each question with its answer, in order
 * @param attribution whose mail it is
 * @param resolution what the recipient stands for
 * @param outcome accepted or refused
 * @param identity the peer as it is proven to the connector that applies, if one does
 */
public record RecipientDecision(
        List<Step> steps, Attribution attribution, Resolution resolution, Outcome outcome, PeerIdentity identity) {

    /** Copies the steps. */
    public RecipientDecision {
        steps = List.copyOf(steps);
    }

    /**
     * A question and its answer.
     *
     * @param question what was asked
     * @param answer what came out
     * @param reason why
     */
    public record Step(String question, String answer, Reason reason) {}

    /** Accepted or refused. */
    public sealed interface Outcome {}

    /** 250. */
    public record Accepted() implements Outcome {}

    /**
     * Refused, for good or for now.
     *
     * @param reply the answer to the peer
     * @param reason for the administrator
     */
    public record Refused(Reply reply, Reason reason) implements Outcome {}

    /** The same, refused for something besides. */
    RecipientDecision refusedInstead(Refused refused) {
        return new RecipientDecision(steps, attribution, resolution, refused, identity);
    }

    /** Whether the recipient is accepted. */
    public boolean isAccepted() {
        return outcome instanceof Accepted;
    }
}
