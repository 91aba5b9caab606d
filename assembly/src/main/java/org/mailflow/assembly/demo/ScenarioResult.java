package org.mailflow.assembly.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import javax.mail.MessagingException;

/**
 * What became of a scenario.
 *
 * @param flow its name
 * @param title what it shows
 * @param sender who wrote
 * @param recipients to whom
 * @param messageId the mail's
 * @param passed whether everything went as it must
 * @param reasons what is wrong, where it did not pass
 * @param findings what was seen on the way, where copies and hops do not tell it
 * @param milliseconds from the first command to the last arrival
 * @param copies what arrived
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record ScenarioResult(
        @JsonProperty("flow") String flow,
        @JsonProperty("title") String title,
        @JsonProperty("sender") String sender,
        @JsonProperty("recipients") List<String> recipients,
        @JsonProperty("messageId") String messageId,
        @JsonProperty("passed") boolean passed,
        @JsonProperty("reasons") List<String> reasons,
        @JsonProperty("findings") List<String> findings,
        @JsonProperty("milliseconds") long milliseconds,
        @JsonProperty("copies") List<Copy> copies) {
    /** Copies the lists. */
    ScenarioResult {
        recipients = List.copyOf(recipients);
        reasons = List.copyOf(reasons);
        findings = List.copyOf(findings);
        copies = List.copyOf(copies);
    }

    /** The same, judged anew by a flow, where it had passed. */
    ScenarioResult judgedAgain(DemoFlow flow, DemoStage stage, Trace trace) throws MessagingException {
        if (!passed) {
            return this;
        }
        List<Copy> arrived = stage.copies(flow.recipients(), messageId, trace);
        return with(FlowJudge.judge(flow, arrived, trace), arrived);
    }

    /** The same, judged anew. */
    ScenarioResult with(List<String> newReasons, List<Copy> newCopies) {
        return new ScenarioResult(
                flow,
                title,
                sender,
                recipients,
                messageId,
                newReasons.isEmpty(),
                newReasons,
                findings,
                milliseconds,
                newCopies);
    }
}
