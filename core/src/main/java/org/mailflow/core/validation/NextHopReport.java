package org.mailflow.core.validation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * A smart host, or the MX hosts of a recipient's domain.
 *
 * @param name the smart host as it is configured, or the domain
 * @param verdict the worst of what was found
 * @param resolution what DNS said
 * @param hosts whom mail is handed to, in the order in which they are tried
 */
public record NextHopReport(
        @JsonProperty("name") String name,
        @JsonProperty("verdict") Verdict verdict,
        @JsonProperty("resolution") List<Step> resolution,
        @JsonProperty("hosts") List<HostReport> hosts) {

    /** Copies the lists. */
    public NextHopReport {
        resolution = List.copyOf(resolution);
        hosts = List.copyOf(hosts);
    }

    /** A next hop with the worst of what was found. */
    public static NextHopReport of(String name, List<Step> resolution, List<HostReport> hosts) {
        Verdict ofDns = Verdict.worst(resolution.stream().map(Step::verdict).toList());
        Verdict ofHosts = Verdict.worst(hosts.stream().map(HostReport::verdict).toList());
        return new NextHopReport(name, Verdict.worst(List.of(ofDns, ofHosts)), resolution, hosts);
    }
}
