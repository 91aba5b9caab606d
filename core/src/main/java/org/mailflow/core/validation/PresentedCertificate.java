package org.mailflow.core.validation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.mailflow.core.tls.PeerJudge;

/**
 * A certificate of a host's chain.
 *
 * @param subject its subject (RFC 2253)
 * @param issuer who signed it
 * @param names its dNSNames, in lower case
 * @param notBefore from when on it holds
 * @param notAfter until when
 */
public record PresentedCertificate(
        @JsonProperty("subject") String subject,
        @JsonProperty("issuer") String issuer,
        @JsonProperty("names") List<String> names,
        @JsonProperty("notBefore") Instant notBefore,
        @JsonProperty("notAfter") Instant notAfter) {

    /** Copies the names. */
    public PresentedCertificate {
        names = List.copyOf(names);
    }

    /** What is told of a certificate. */
    public static PresentedCertificate of(X509Certificate certificate) {
        return new PresentedCertificate(
                certificate.getSubjectX500Principal().getName(),
                certificate.getIssuerX500Principal().getName(),
                PeerJudge.names(certificate),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }
}
