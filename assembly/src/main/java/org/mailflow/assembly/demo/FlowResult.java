package org.mailflow.assembly.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What became of a flow.
 *
 * @param flow its name
 * @param title what it shows
 * @param sender who wrote
 * @param recipients to whom
 * @param messageId the mail's
 * @param passed whether everything went as it must
 * @param reasons what is wrong, where it did not pass
 * @param milliseconds from the first command to the last arrival
 * @param copies what arrived
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record FlowResult(
        @JsonProperty("flow") String flow,
        @JsonProperty("title") String title,
        @JsonProperty("sender") String sender,
        @JsonProperty("recipients") List<String> recipients,
        @JsonProperty("messageId") String messageId,
        @JsonProperty("passed") boolean passed,
        @JsonProperty("reasons") List<String> reasons,
        @JsonProperty("milliseconds") long milliseconds,
        @JsonProperty("copies") List<Copy> copies) {
    /** Copies the lists. */
    FlowResult {
        recipients = List.copyOf(recipients);
        reasons = List.copyOf(reasons);
        copies = List.copyOf(copies);
    }

    /** The same flow, judged anew. */
    FlowResult with(List<String> newReasons, List<Copy> newCopies) {
        return new FlowResult(
                flow, title, sender, recipients, messageId, newReasons.isEmpty(), newReasons, milliseconds, newCopies);
    }
}
