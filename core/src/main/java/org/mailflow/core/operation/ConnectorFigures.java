package org.mailflow.core.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a connector did since the server was started. Mail that left without a connector counts to {@code mx}.
 *
 * @param connector {@code mx}, or {@code organization/connector}
 * @param attempts attempts to hand over a mail
 * @param attemptSeconds what they took together
 * @param connections sessions with next hops that got as far as taking mail
 * @param connectionFailures next hops that did not get as far as taking mail
 * @param tlsFailures those of them that failed for TLS
 * @param delivered recipients whose copy was handed over
 * @param deferred recipients whose copy has to be tried again, each time
 * @param failed recipients whose copy was returned
 * @param tlsVersions recipients delivered by TLS version; {@code none} for clear text
 * @param lastSuccess when a copy was last handed over
 * @param lastPeer to whom, with the version of TLS
 * @param lastFailure when an attempt last failed
 * @param lastReply why
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ConnectorFigures(
        @JsonProperty("connector") String connector,
        @JsonProperty("attempts") long attempts,
        @JsonProperty("attemptSeconds") double attemptSeconds,
        @JsonProperty("connections") long connections,
        @JsonProperty("connectionFailures") long connectionFailures,
        @JsonProperty("tlsFailures") long tlsFailures,
        @JsonProperty("delivered") long delivered,
        @JsonProperty("deferred") long deferred,
        @JsonProperty("failed") long failed,
        @JsonProperty("tlsVersions") Map<String, Long> tlsVersions,
        @JsonProperty("lastSuccess") Optional<Instant> lastSuccess,
        @JsonProperty("lastPeer") Optional<String> lastPeer,
        @JsonProperty("lastFailure") Optional<Instant> lastFailure,
        @JsonProperty("lastReply") Optional<String> lastReply) {

    /** Copies the map. */
    public ConnectorFigures {
        tlsVersions = Map.copyOf(tlsVersions);
    }

    /** The figures of a connector that did nothing yet. */
    public static ConnectorFigures none(String connector) {
        return new ConnectorFigures(
                connector,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Whether the last thing that it did went wrong. */
    public boolean failsNow() {
        return lastFailure
                .filter(failure -> lastSuccess.map(failure::isAfter).orElse(true))
                .isPresent();
    }
}
