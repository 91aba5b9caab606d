package org.mailflow.core.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * What a health check of the server says.
 *
 * @param component whose
 * @param level {@code OK}, {@code WARNING} where it is degraded, {@code CRITICAL} where it is unhealthy
 * @param cause why; empty where all is well
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Health(
        @JsonProperty("component") String component,
        @JsonProperty("level") Level level,
        @JsonProperty("cause") Optional<String> cause) {}
