package org.mailflow.core.notification;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Optional;

/**
 * What there is to tell of one recipient (RFC 3464, 2.3).
 *
 * @param recipient the address that was tried
 * @param reply the last words of the host, or this server's own where there was none: {@code 550 5.1.1 unknown}
 * @param remoteHost the name of the host that said so; empty where it has none, or none was reached
 * @param remoteAddress its address
 * @param lastAttempt when it was tried last
 * @param reason why it is given up, where the reply alone does not say so
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RecipientStatus(
        @JsonProperty("recipient") String recipient,
        @JsonProperty("reply") String reply,
        @JsonProperty("remoteHost") Optional<String> remoteHost,
        @JsonProperty("remoteAddress") Optional<String> remoteAddress,
        @JsonProperty("lastAttempt") Optional<Instant> lastAttempt,
        @JsonProperty("reason") Optional<String> reason) {

    /** A recipient of whom nothing is known but why. */
    public static RecipientStatus of(String recipient, String reply) {
        return new RecipientStatus(
                recipient, reply, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
