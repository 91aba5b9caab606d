package org.mailflow.webadmin;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.config.ProblemForm;

/**
 * The configuration that runs.
 *
 * @param generation its number, which mail events and explanations name
 * @param loadedAt since when it runs
 * @param warnings what it is warned of
 */
record RunningConfiguration(
        @JsonProperty("generation") long generation,
        @JsonProperty("loadedAt") Instant loadedAt,
        @JsonProperty("warnings") List<ProblemForm> warnings) {

    RunningConfiguration {
        warnings = List.copyOf(warnings);
    }

    static RunningConfiguration of(LiveMailflow.Loaded loaded) {
        return new RunningConfiguration(
                loaded.mailflow().generation(),
                loaded.loadedAt(),
                loaded.warnings().stream().map(ProblemForm::of).toList());
    }
}
