package org.mailflow.core.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How long a certificate of this server is good for.
 *
 * @param name what mailflow.xml calls it, or the listener that presents it
 * @param notAfter when it, or one of its intermediates, ends
 * @param usedBy who presents it: connectors, and listeners by their port
 * @param trouble why its renewed files cannot be taken; empty where there are none, or all is well
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record CertificateTerm(
        @JsonProperty("name") String name,
        @JsonProperty("notAfter") Instant notAfter,
        @JsonProperty("usedBy") List<String> usedBy,
        @JsonProperty("trouble") Optional<String> trouble) {

    /** Copies the users. */
    public CertificateTerm {
        usedBy = List.copyOf(usedBy);
    }

    /** Whole days left; negative when it has ended. */
    public long daysLeft(Instant now) {
        Duration left = Duration.between(now, notAfter);
        return left.isNegative() ? -1 - left.negated().toDays() : left.toDays();
    }
}
