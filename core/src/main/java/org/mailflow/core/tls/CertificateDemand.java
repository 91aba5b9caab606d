package org.mailflow.core.tls;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an inbound connector wants to see of its peer's certificate (parameter TlsSenderCertificateName, and pins). The
 * one place that says whether a certificate proves a connector's peer: trust by a pin belongs to the connector that has
 * the pin.
 *
 * @param name the name that it must carry; empty for any, with a pin
 * @param pins the certificates or keys that are trusted, whoever signed them; empty for trust in the server's authorities
 * @param allowCommonName whether a certificate without a subject alternative name may carry the name as its common name
 */
public record CertificateDemand(Optional<CertificateName> name, List<CertificatePin> pins, boolean allowCommonName) {

    private static final CertificateDemand NOTHING = new CertificateDemand(Optional.empty(), List.of(), false);

    /** Copies the pins. */
    public CertificateDemand {
        pins = List.copyOf(pins);
    }

    /** None: no certificate proves anything. */
    public static CertificateDemand nothing() {
        return NOTHING;
    }

    /** A verified certificate for this name. */
    public static CertificateDemand named(CertificateName name) {
        return new CertificateDemand(Optional.of(name), List.of(), false);
    }

    /** Whether there is anything by which a certificate could be proven. */
    public boolean isEmpty() {
        return name.isEmpty() && pins.isEmpty();
    }

    /**
     * The peer as it is proven to the connector: verified with the name, or pinned.
     *
     * @param identity what the certificate proves to everybody
     * @return empty where it is not proven
     */
    public Optional<PeerIdentity> provenBy(PeerIdentity identity) {
        if (isEmpty()) {
            return Optional.empty();
        }
        return pins.isEmpty() ? byChain(identity) : byPin(identity);
    }

    private Optional<PeerIdentity> byChain(PeerIdentity identity) {
        return identity instanceof PeerIdentity.Verified verified && isNamed(verified.certificate())
                ? Optional.of(
                        isByCommonName(verified.certificate())
                                ? new PeerIdentity.Verified(verified.certificate().commonName().stream()
                                        .toList())
                                : verified)
                : Optional.empty();
    }

    /** A pin takes the place of the chain, and of nothing else. */
    private Optional<PeerIdentity> byPin(PeerIdentity identity) {
        return pinnable(identity).filter(this::isNamed).flatMap(certificate -> pins.stream()
                .filter(certificate.pins()::contains)
                .findFirst()
                .map(pin -> new PeerIdentity.Pinned(pin, names(certificate))));
    }

    private static Optional<PeerCertificate> pinnable(PeerIdentity identity) {
        if (identity instanceof PeerIdentity.Verified verified) {
            return Optional.of(verified.certificate());
        }
        return identity instanceof PeerIdentity.Unverified unverified && unverified.inOrder()
                ? Optional.of(unverified.certificate())
                : Optional.empty();
    }

    private boolean isNamed(PeerCertificate certificate) {
        return name.isEmpty()
                || certificate.names().stream().anyMatch(name.get()::isSatisfiedBy)
                || isByCommonName(certificate);
    }

    private boolean isByCommonName(PeerCertificate certificate) {
        return allowCommonName
                && certificate.names().isEmpty()
                && certificate
                        .commonName()
                        .filter(commonName -> name.filter(wanted -> wanted.isSatisfiedBy(commonName))
                                .isPresent())
                        .isPresent();
    }

    private List<String> names(PeerCertificate certificate) {
        return isByCommonName(certificate) ? certificate.commonName().stream().toList() : certificate.names();
    }

    /** In words: {@code certificate mail.contoso.com}. */
    @Override
    public String toString() {
        List<String> words = new ArrayList<>();
        name.ifPresent(wanted -> words.add(wanted.value()));
        if (!pins.isEmpty()) {
            words.add("pinned " + pins.stream().map(CertificatePin::value).collect(Collectors.joining(" or ")));
        }
        return words.isEmpty() ? "(none)" : String.join(", ", words);
    }
}
