package org.mailflow.core.tls;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.PKIXCertPathChecker;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.PSSParameterSpec;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which signatures and keys prove anything. Java's own settings depend on the runtime, its version and its
 * administrator; an identity does not.
 */
final class StrongAlgorithms extends PKIXCertPathChecker {

    private static final int LEAST_RSA_BITS = 2048;
    private static final int LEAST_EC_BITS = 224;
    private static final String PSS = "RSASSA-PSS";
    private static final Pattern SIGNATURES = Pattern.compile(
            "SHA(224|256|384|512|512/224|512/256|3-224|3-256|3-384|3-512)with(RSA|ECDSA|DSA)(inP1363Format)?"
                    + "|Ed25519|Ed448|EdDSA");
    private static final Pattern DIGESTS = Pattern.compile("SHA-?(224|256|384|512|512/224|512/256)|SHA3-.*");

    /** What is weak in a certificate: the signature over it, or its key. */
    static Optional<String> flaw(X509Certificate certificate) {
        return isStrongSignature(certificate)
                ? keyFlaw(certificate.getPublicKey())
                : Optional.of("it is signed by " + certificate.getSigAlgName() + ", which proves nothing");
    }

    /** What is weak in a key. */
    static Optional<String> keyFlaw(PublicKey key) {
        boolean strong = true;
        if (key instanceof RSAKey rsa) {
            strong = rsa.getModulus().bitLength() >= LEAST_RSA_BITS;
        } else if (key instanceof ECKey ec) {
            strong = ec.getParams().getOrder().bitLength() >= LEAST_EC_BITS;
        } else if (key instanceof DSAKey dsa) {
            strong = dsa.getParams() != null && dsa.getParams().getP().bitLength() >= LEAST_RSA_BITS;
        }
        return strong
                ? Optional.empty()
                : Optional.of("the key of " + key.getAlgorithm() + " is too short to prove anything");
    }

    private static boolean isStrongSignature(X509Certificate certificate) {
        return certificate.getSigAlgName().equals(PSS)
                ? isStrongPss(certificate.getSigAlgParams())
                : SIGNATURES.matcher(certificate.getSigAlgName()).matches();
    }

    /** Without parameters the digest is SHA-1 (RFC 4055, 3.1). */
    private static boolean isStrongPss(byte @Nullable [] encoded) {
        if (encoded == null) {
            return false;
        }
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance(PSS);
            parameters.init(encoded);
            String digest = parameters.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm();
            return DIGESTS.matcher(digest).matches();
        } catch (GeneralSecurityException | IOException e) {
            return false;
        }
    }

    @Override
    public void init(boolean forward) {}

    @Override
    public boolean isForwardCheckingSupported() {
        return true;
    }

    @Override
    public Set<String> getSupportedExtensions() {
        return Set.of();
    }

    @Override
    public void check(Certificate certificate, Collection<String> unresolvedCriticalExtensions)
            throws CertPathValidatorException {
        Optional<String> flaw = flaw((X509Certificate) certificate);
        if (flaw.isPresent()) {
            throw new CertPathValidatorException(flaw.get());
        }
    }
}
