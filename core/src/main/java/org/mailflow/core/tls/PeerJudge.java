package org.mailflow.core.tls;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableSet;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Judges a peer's certificate after the handshake, in one place for both directions: chain (RFC 5280, 6), dates, usage
 * and names. Only dNSNames of the subject alternative name count (RFC 9525, 2), never the subject's common name.
 */
public final class PeerJudge {

    /** What the peer uses its certificate for. */
    public enum Role {
        /** To say who it is, as it connects to us; mail servers present their server certificate then. */
        CLIENT(ImmutableSet.of("1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.1")),
        /** To say who it is, as we connect to it. */
        SERVER(ImmutableSet.of("1.3.6.1.5.5.7.3.1"));

        private final ImmutableSet<String> usages;

        Role(ImmutableSet<String> usages) {
            this.usages = usages;
        }
    }

    private static final int DNS_NAME = 2;
    private static final String ANY_USAGE = "2.5.29.37.0";

    private final Set<X509Certificate> trusted;
    private final Role role;

    /** Judges peers in a role against these authorities; a trusted certificate that is no authority is a pin. */
    public PeerJudge(Set<X509Certificate> trusted, Role role) {
        this.trusted = Set.copyOf(trusted);
        this.role = role;
    }

    /**
     * Judges a chain.
     *
     * @param chain as presented: the peer's own certificate first; empty for none
     */
    public PeerIdentity judge(List<X509Certificate> chain, Instant now) {
        if (chain.isEmpty()) {
            return PeerIdentity.none();
        }
        X509Certificate certificate = chain.get(0);
        List<String> names = names(certificate);
        Optional<String> flaw = flaw(certificate, chain, now);
        return flaw.<PeerIdentity>map(reason -> new PeerIdentity.Unverified(reason, names))
                .orElseGet(() -> new PeerIdentity.Verified(names));
    }

    /** The dNSNames of a certificate, in lower case; none where its names cannot be read. */
    public static List<String> names(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> Objects.equals(name.get(0), DNS_NAME))
                            .map(name -> Ascii.toLowerCase((String) name.get(1)))
                            .filter(PeerJudge::isPlain)
                            .toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    /** A name with a NUL, a blank or a letter of another script in it is a trap. */
    private static boolean isPlain(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }

    private Optional<String> flaw(X509Certificate certificate, List<X509Certificate> chain, Instant now) {
        if (now.isBefore(certificate.getNotBefore().toInstant())) {
            return Optional.of("not valid before " + certificate.getNotBefore().toInstant());
        }
        if (now.isAfter(certificate.getNotAfter().toInstant())) {
            return Optional.of("expired " + certificate.getNotAfter().toInstant());
        }
        return usageFlaw(certificate)
                .or(() -> trusted.contains(certificate) ? Optional.empty() : chainFlaw(certificate, chain, now));
    }

    private Optional<String> usageFlaw(X509Certificate certificate) {
        try {
            List<String> usages = certificate.getExtendedKeyUsage();
            boolean fits = usages == null
                    || usages.contains(ANY_USAGE)
                    || usages.stream().anyMatch(role.usages::contains);
            return fits ? Optional.empty() : Optional.of("its extended key usage does not allow TLS in this role");
        } catch (CertificateParsingException e) {
            return Optional.of("its extended key usage cannot be read");
        }
    }

    private Optional<String> chainFlaw(X509Certificate certificate, List<X509Certificate> chain, Instant now) {
        if (certificate.getBasicConstraints() >= 0) {
            return Optional.of("it is the certificate of an authority");
        }
        Set<TrustAnchor> anchors =
                trusted.stream().map(anchor -> new TrustAnchor(anchor, null)).collect(Collectors.toSet());
        if (anchors.isEmpty()) {
            return Optional.of("no certificate is trusted here");
        }
        try {
            X509CertSelector target = new X509CertSelector();
            target.setCertificate(certificate);
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            CertPathBuilder.getInstance("PKIX").build(parameters);
            return Optional.empty();
        } catch (CertPathBuilderException | InvalidAlgorithmParameterException e) {
            return Optional.of("its chain ends at no trusted certificate");
        } catch (GeneralSecurityException e) {
            return Optional.of("its chain cannot be checked: " + e.getMessage());
        }
    }
}
