package org.mailflow.testing.tls;

import java.util.List;
import java.util.Optional;

/**
 * A certificate, what a connector demands of it, and whether that is met.
 *
 * @param title what is special
 * @param presented what the peer presents, and whose key it has
 * @param name the name that the connector demands; empty for any
 * @param pins the pins that the connector has
 * @param allowCommonName whether the connector takes a common name
 * @param judgement a part of what is said of the certificate
 * @param isProven whether the connector takes the peer for its own
 */
public record CertificateCase(
        String title,
        Credentials presented,
        Optional<String> name,
        List<String> pins,
        boolean allowCommonName,
        String judgement,
        boolean isProven) {

    /** Copies the pins. */
    public CertificateCase {
        pins = List.copyOf(pins);
    }

    static CertificateCase of(String title, Credentials presented, String name, String judgement, boolean isProven) {
        return new CertificateCase(title, presented, Optional.of(name), List.of(), false, judgement, isProven);
    }

    CertificateCase withCommonName() {
        return new CertificateCase(title, presented, name, pins, true, judgement, isProven);
    }

    CertificateCase pinnedBy(String... pinned) {
        return new CertificateCase(title, presented, name, List.of(pinned), allowCommonName, judgement, isProven);
    }

    CertificateCase withoutName() {
        return new CertificateCase(title, presented, Optional.empty(), pins, allowCommonName, judgement, isProven);
    }

    @Override
    public String toString() {
        return title;
    }
}
