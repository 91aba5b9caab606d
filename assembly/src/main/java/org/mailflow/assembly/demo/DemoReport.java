package org.mailflow.assembly.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * What came of the demo.
 *
 * @param passed whether everything went as it must
 * @param flows the flows, and the failures made on purpose
 * @param directory what was kept of the demo; empty where nothing was
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record DemoReport(
        @JsonProperty("passed") boolean passed,
        @JsonProperty("flows") List<ScenarioResult> flows,
        @JsonProperty("directory") Optional<String> directory) {

    /** Copies the list. */
    DemoReport {
        flows = List.copyOf(flows);
    }

    /** Sums results up. */
    static DemoReport of(List<ScenarioResult> flows, Optional<String> directory) {
        return new DemoReport(flows.stream().allMatch(ScenarioResult::passed), flows, directory);
    }
}
