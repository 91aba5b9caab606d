package org.mailflow.core.tls;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a peer's certificate says of itself. What of that is proven the {@link PeerIdentity} tells.
 *
 * @param names its dNSNames, in lower case
 * @param commonName the subject's common name, in lower case; empty where the certificate has a subject alternative name
 *     of any kind, or more than one common name
 * @param pins the pins that it satisfies
 */
public record PeerCertificate(List<String> names, Optional<String> commonName, Set<CertificatePin> pins) {

    /** Copies the collections. */
    public PeerCertificate {
        names = List.copyOf(names);
        pins = Set.copyOf(pins);
    }

    /** One that is known by its names alone. */
    public static PeerCertificate named(List<String> names) {
        return new PeerCertificate(names, Optional.empty(), Set.of());
    }

    static PeerCertificate of(X509Certificate certificate) {
        SubjectNames subject = SubjectNames.of(certificate);
        return new PeerCertificate(subject.dnsNames(), subject.commonName(), CertificatePin.all(certificate));
    }

    PeerCertificate withoutCommonName() {
        return new PeerCertificate(names, Optional.empty(), pins);
    }
}
