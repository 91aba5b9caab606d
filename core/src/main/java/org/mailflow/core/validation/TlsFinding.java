package org.mailflow.core.validation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * What the TLS session with a host is.
 *
 * @param version {@code TLSv1.3}
 * @param cipher the cipher suite
 * @param expectedName what the certificate must prove; empty where no name is compared
 * @param presentedNames what it has, in lower case
 * @param trusted whether its chain, dates and usage are in order
 * @param daysLeft whole days until it, or one of its issuers, ends; negative where that is past
 * @param chain as presented, the host's own certificate first
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record TlsFinding(
        @JsonProperty("version") String version,
        @JsonProperty("cipher") String cipher,
        @JsonProperty("expectedName") Optional<String> expectedName,
        @JsonProperty("presentedNames") List<String> presentedNames,
        @JsonProperty("trusted") boolean trusted,
        @JsonProperty("daysLeft") Optional<Long> daysLeft,
        @JsonProperty("chain") List<PresentedCertificate> chain) {

    /** Copies the lists. */
    public TlsFinding {
        presentedNames = List.copyOf(presentedNames);
        chain = List.copyOf(chain);
    }
}
