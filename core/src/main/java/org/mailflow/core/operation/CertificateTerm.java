package org.mailflow.core.operation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How long a certificate of this server is good for.
 *
 * @param name what mailflow.xml calls it, or the listener that presents it
 * @param notAfter when it, or one of its intermediates, ends
 * @param usedBy the connectors that present it
 */
public record CertificateTerm(
        @JsonProperty("name") String name,
        @JsonProperty("notAfter") Instant notAfter,
        @JsonProperty("usedBy") List<String> usedBy) {

    /** Copies the connectors. */
    public CertificateTerm {
        usedBy = List.copyOf(usedBy);
    }

    /** Whole days left; negative when it has ended. */
    public long daysLeft(Instant now) {
        Duration left = Duration.between(now, notAfter);
        return left.isNegative() ? -1 - left.negated().toDays() : left.toDays();
    }
}
