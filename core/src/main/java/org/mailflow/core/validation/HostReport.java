package org.mailflow.core.validation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * What one host at one address said.
 *
 * @param host {@code mail.contoso.com[192.0.2.1]:25}
 * @param verdict the worst of the steps
 * @param steps in order, as far as it got
 * @param extensions what it offered in EHLO last, with its parameters
 * @param tls the TLS session; empty in clear text, and where there was none
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record HostReport(
        @JsonProperty("host") String host,
        @JsonProperty("verdict") Verdict verdict,
        @JsonProperty("steps") List<Step> steps,
        @JsonProperty("extensions") List<String> extensions,
        @JsonProperty("tls") Optional<TlsFinding> tls) {

    /** Copies the lists. */
    public HostReport {
        steps = List.copyOf(steps);
        extensions = List.copyOf(extensions);
    }

    /** A host with the worst of its steps. */
    public static HostReport of(String host, List<Step> steps, List<String> extensions, Optional<TlsFinding> tls) {
        return new HostReport(
                host, Verdict.worst(steps.stream().map(Step::verdict).toList()), steps, extensions, tls);
    }

    /** The same where its failure keeps no mail from being handed over: another address takes it. */
    public HostReport forgiven(String remedy) {
        List<Step> milder = steps.stream()
                .map(step -> step.hasFailed()
                        ? new Step(step.name(), Verdict.WARNING, step.text(), step.millis(), Optional.of(remedy))
                        : step)
                .toList();
        return of(host, milder, extensions, tls);
    }

    /** The step that kept mail from being handed over; empty where none did. */
    public Optional<Step> failure() {
        return steps.stream().filter(Step::hasFailed).findFirst();
    }
}
