package org.mailflow.core.tls;

import com.google.common.collect.ImmutableSet;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Judges a peer's certificate after the handshake, in one place for both directions: chain (RFC 5280, 6), dates, usage,
 * algorithms and names. Whether a connector's pin stands in for the chain {@link CertificateDemand} says.
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

    private static final int DIGITAL_SIGNATURE = 0;
    private static final String NAME_CONSTRAINTS = "2.5.29.30";
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
        PeerCertificate presented = PeerCertificate.of(certificate);
        Optional<String> flaw = flaw(certificate, now);
        if (flaw.isPresent()) {
            return new PeerIdentity.Unverified(flaw.get(), presented, false);
        }
        return trusted.contains(certificate)
                ? new PeerIdentity.Verified(presented)
                : judgeChain(certificate, presented, chain, now);
    }

    /** The dNSNames of a certificate, in lower case; none where its names cannot be read. */
    public static List<String> names(X509Certificate certificate) {
        return SubjectNames.of(certificate).dnsNames();
    }

    /** What is wrong with the certificate itself, whoever signed it: no pin mends it. */
    private Optional<String> flaw(X509Certificate certificate, Instant now) {
        if (now.isBefore(certificate.getNotBefore().toInstant())) {
            return Optional.of("not valid before " + certificate.getNotBefore().toInstant());
        }
        if (now.isAfter(certificate.getNotAfter().toInstant())) {
            return Optional.of("expired " + certificate.getNotAfter().toInstant());
        }
        if (certificate.hasUnsupportedCriticalExtension()) {
            return Optional.of("it has a critical extension that nobody here understands");
        }
        return usageFlaw(certificate)
                .or(() -> StrongAlgorithms.flaw(certificate))
                .or(() -> SubjectNames.of(certificate).flaw());
    }

    private Optional<String> usageFlaw(X509Certificate certificate) {
        boolean[] keyUsage = certificate.getKeyUsage();
        if (role == Role.CLIENT && keyUsage != null && !keyUsage[DIGITAL_SIGNATURE]) {
            return Optional.of("its key usage does not allow signatures");
        }
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

    private PeerIdentity judgeChain(
            X509Certificate certificate, PeerCertificate presented, List<X509Certificate> chain, Instant now) {
        if (certificate.getBasicConstraints() >= 0) {
            return new PeerIdentity.Unverified("it is the certificate of an authority", presented, true);
        }
        Set<TrustAnchor> anchors =
                trusted.stream().map(anchor -> new TrustAnchor(anchor, null)).collect(Collectors.toSet());
        if (anchors.isEmpty()) {
            return new PeerIdentity.Unverified("no certificate is trusted here", presented, true);
        }
        try {
            X509CertSelector target = new X509CertSelector();
            target.setCertificate(certificate);
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
            parameters.addCertPathChecker(new StrongAlgorithms());
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            return verified(presented, (PKIXCertPathBuilderResult)
                    CertPathBuilder.getInstance("PKIX").build(parameters));
        } catch (CertPathBuilderException | InvalidAlgorithmParameterException e) {
            String weak = chain.stream()
                    .skip(1)
                    .flatMap(issuer -> StrongAlgorithms.flaw(issuer).stream())
                    .findFirst()
                    .map(flaw -> " (of an issuer: " + flaw + ")")
                    .orElse("");
            return new PeerIdentity.Unverified("its chain ends at no trusted certificate" + weak, presented, true);
        } catch (GeneralSecurityException e) {
            return new PeerIdentity.Unverified("its chain cannot be checked: " + e.getMessage(), presented, true);
        }
    }

    private static PeerIdentity verified(PeerCertificate presented, PKIXCertPathBuilderResult built) {
        X509Certificate anchor = built.getTrustAnchor().getTrustedCert();
        Optional<String> weak = StrongAlgorithms.keyFlaw(anchor.getPublicKey());
        if (weak.isPresent()) {
            return new PeerIdentity.Unverified("of its authority: " + weak.get(), presented, true);
        }
        // An authority that is held to some names is held to them in alternative names only: a common name slips out.
        boolean constrained = Stream.concat(built.getCertPath().getCertificates().stream(), Stream.of(anchor))
                .anyMatch(certificate -> ((X509Certificate) certificate).getExtensionValue(NAME_CONSTRAINTS) != null);
        return new PeerIdentity.Verified(constrained ? presented.withoutCommonName() : presented);
    }
}
