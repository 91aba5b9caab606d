package org.mailflow.core.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.mailflow.core.validation.ConnectorState;

/**
 * How a running server fares, without a judgement.
 *
 * @param now when the server was asked
 * @param version its version
 * @param server its host name
 * @param startedAt when it was started
 * @param generation of the configuration that runs
 * @param loadedAt since when that runs
 * @param warnings how many warnings it has
 * @param queues its queues
 * @param queuesLookedAt when these were looked into; somewhat before {@code now}, since that takes time
 * @param connectors what its connectors did
 * @param hosts how the next hops fare that mail is at, or that something is known against
 * @param validations which connectors are validated
 * @param sessions what SMTP sessions brought
 * @param repositories those with mail in them
 * @param certificates how long they are good for
 * @param health what its health checks say
 * @param disk the file system of its data directory
 * @param troubles parts of the server that could not be looked at; they are empty here
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ServerFacts(
        @JsonProperty("now") Instant now,
        @JsonProperty("version") String version,
        @JsonProperty("server") String server,
        @JsonProperty("startedAt") Instant startedAt,
        @JsonProperty("generation") long generation,
        @JsonProperty("loadedAt") Instant loadedAt,
        @JsonProperty("warnings") int warnings,
        @JsonProperty("queues") List<QueueSummary> queues,
        @JsonProperty("queuesLookedAt") Instant queuesLookedAt,
        @JsonProperty("connectors") List<ConnectorFigures> connectors,
        @JsonProperty("hosts") List<HostFigures> hosts,
        @JsonProperty("validations") List<ConnectorState> validations,
        @JsonProperty("sessions") SessionFigures sessions,
        @JsonProperty("repositories") List<RepositorySummary> repositories,
        @JsonProperty("certificates") List<CertificateTerm> certificates,
        @JsonProperty("health") List<Health> health,
        @JsonProperty("disk") DiskSpace disk,
        @JsonProperty("troubles") List<Finding> troubles) {

    /** Copies the lists. */
    public ServerFacts {
        queues = List.copyOf(queues);
        connectors = List.copyOf(connectors);
        hosts = List.copyOf(hosts);
        validations = List.copyOf(validations);
        repositories = List.copyOf(repositories);
        certificates = List.copyOf(certificates);
        health = List.copyOf(health);
        troubles = List.copyOf(troubles);
    }
}
