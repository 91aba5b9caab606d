package org.mailflow.core.validation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mailflow.core.model.OutboundClient;
import org.mailflow.core.model.OutboundConnector;

/**
 * What is known of the validation of a connector (cmdlet Get-OutboundConnector, properties IsValidated and
 * LastValidationTimestamp).
 *
 * @param connector {@code organization/connector}
 * @param enabled whether it takes part in mail flow
 * @param isValidated whether its last validation went well; not where its settings are others since
 * @param lastValidationTimestamp when that was; empty where it never was
 * @param summary what it found
 * @param changedSince whether its settings are others since
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ConnectorState(
        @JsonProperty("connector") String connector,
        @JsonProperty("enabled") boolean enabled,
        @JsonProperty("isValidated") boolean isValidated,
        @JsonProperty("lastValidationTimestamp") Optional<Instant> lastValidationTimestamp,
        @JsonProperty("summary") Optional<String> summary,
        @JsonProperty("changedSince") boolean changedSince) {

    /** The state of a connector as it is configured now, by its last validation. */
    public static ConnectorState of(String name, OutboundConnector connector, Optional<KeptValidation> last) {
        boolean changed = last.filter(kept -> !kept.settings().equals(settings(connector)))
                .isPresent();
        return new ConnectorState(
                name,
                connector.enabled(),
                !changed && last.filter(KeptValidation::isValidated).isPresent(),
                last.map(KeptValidation::lastValidationTimestamp),
                last.map(KeptValidation::summary),
                changed);
    }

    private static String client(OutboundClient client) {
        String sources =
                client.sourceIPAddresses().stream().map(Object::toString).collect(Collectors.joining(", "));
        return client.authentication().map(account -> "; account " + account).orElse("")
                + (sources.isEmpty() ? "" : "; from " + sources)
                + (client.forceHELO() ? "; HELO" : "");
    }

    /** Whether it was validated in vain, and nothing was changed since. */
    public boolean hasFailed() {
        return lastValidationTimestamp.isPresent() && !isValidated && !changedSince;
    }

    /** What of a connector a validation tries: where these differ, it is to be validated anew. */
    public static String settings(OutboundConnector connector) {
        String nextHops = connector.useMXRecord()
                ? "MX hosts"
                : connector.smartHosts().stream().map(Object::toString).collect(Collectors.joining(", "));
        return nextHops + "; port " + connector.port() + "; "
                + new TlsDemand(connector.tlsSettings(), connector.tlsDomain(), false)
                + connector
                        .tlsCertificateName()
                        .map(name -> "; certificate " + name)
                        .orElse("")
                + connector.fqdn().map(name -> "; EHLO " + name).orElse("")
                + client(connector.client());
    }
}
