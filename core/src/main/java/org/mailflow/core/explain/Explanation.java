package org.mailflow.core.explain;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * What would become of a mail.
 *
 * @param generation the snapshot that answers
 * @param recipients each recipient's way, in the order of the question
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Explanation(
        @JsonProperty("generation") long generation, @JsonProperty("recipients") List<OfRecipient> recipients) {

    /** Copies the recipients. */
    public Explanation {
        recipients = List.copyOf(recipients);
    }

    /**
     * What would become of a recipient's copy.
     *
     * @param recipient as asked
     * @param accepted whether RCPT TO, and the mail after it, would be answered 250
     * @param reply the answer to RCPT TO, or to the end of DATA where the mail is refused there
     * @param steps each decision in order
     * @param route the word of the route; empty where the recipient is refused
     * @param deliveryAddress the address in the envelope on that route
     * @param sender the sender of ours that the copy leaves with; empty for the mail's own
     * @param connector the outbound connector, {@code organization/name}
     * @param tls what the connector demands of TLS
     * @param nextHops where the copy would go, in order
     * @param members who receives it instead, where the recipient is a group or forwards its mail
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record OfRecipient(
            @JsonProperty("recipient") String recipient,
            @JsonProperty("accepted") boolean accepted,
            @JsonProperty("reply") String reply,
            @JsonProperty("steps") List<Step> steps,
            @JsonProperty("route") Optional<String> route,
            @JsonProperty("deliveryAddress") Optional<String> deliveryAddress,
            @JsonProperty("sender") Optional<String> sender,
            @JsonProperty("connector") Optional<String> connector,
            @JsonProperty("tls") Optional<String> tls,
            @JsonProperty("nextHops") List<String> nextHops,
            @JsonProperty("members") List<OfRecipient> members) {

        /** Copies the lists. */
        public OfRecipient {
            steps = List.copyOf(steps);
            nextHops = List.copyOf(nextHops);
            members = List.copyOf(members);
        }
    }

    /**
     * A decision.
     *
     * @param question what was asked
     * @param answer what came out
     * @param reason why
     * @param decidedBy {@code file:line:column} of the setting that decided; empty where none did
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Step(
            @JsonProperty("question") String question,
            @JsonProperty("answer") String answer,
            @JsonProperty("reason") String reason,
            @JsonProperty("decidedBy") Optional<String> decidedBy) {}
}
