package org.mailflow.core.validation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * What a server remembers of the last validation of a connector.
 *
 * @param connector {@code organization/connector}
 * @param isValidated whether it went well
 * @param lastValidationTimestamp when it was
 * @param summary what it found
 * @param settings what of the connector was validated
 */
public record KeptValidation(
        @JsonProperty("connector") String connector,
        @JsonProperty("isValidated") boolean isValidated,
        @JsonProperty("lastValidationTimestamp") Instant lastValidationTimestamp,
        @JsonProperty("summary") String summary,
        @JsonProperty("settings") String settings) {

    /** What is worth remembering. */
    public static KeptValidation of(ConnectorValidation validation) {
        return new KeptValidation(
                validation.connector(),
                validation.isValidated(),
                validation.lastValidationTimestamp(),
                validation.summary(),
                validation.settings());
    }
}
