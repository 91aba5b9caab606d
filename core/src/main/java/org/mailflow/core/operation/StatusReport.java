package org.mailflow.core.operation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * How a server fares.
 *
 * @param level the worst of what was found
 * @param summary one line that says it all
 * @param findings what was found, the worst first
 * @param facts what was judged
 */
public record StatusReport(
        @JsonProperty("level") Level level,
        @JsonProperty("summary") String summary,
        @JsonProperty("findings") List<Finding> findings,
        @JsonProperty("facts") ServerFacts facts) {

    /** Copies the findings. */
    public StatusReport {
        findings = List.copyOf(findings);
    }
}
