package org.mailflow.testing.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A certificate authority that lives in memory. Two authorities made with the same name are still two: they have the
 * same subject and different keys, which is how an impostor looks.
 */
public final class CertificateAuthority {
    private final Credentials credentials;
    private final List<X509Certificate> issuerChain;

    private CertificateAuthority(Credentials credentials, List<X509Certificate> issuerChain) {
        this.credentials = credentials;
        this.issuerChain = List.copyOf(issuerChain);
    }

    /** Makes a root with an EC P-256 key, valid from an hour ago for a year. */
    public static CertificateAuthority create(String commonName) {
        return new CertificateAuthority(
                CertificateOrder.selfSigned(commonName).asAuthority().issue(), List.of());
    }

    /** Makes an authority under this one; its certificate travels in the chains of what it issues. */
    public CertificateAuthority intermediate(String commonName) {
        Credentials made = order(commonName).asAuthority().issue();
        return new CertificateAuthority(made, made.chain());
    }

    /** Makes a root of another kind than usual. */
    public static CertificateAuthority create(String commonName, UnaryOperator<CertificateOrder> kind) {
        return new CertificateAuthority(
                kind.apply(CertificateOrder.selfSigned(commonName).asAuthority())
                        .issue(),
                List.of());
    }

    /** Makes an authority of another kind than usual under this one. */
    public CertificateAuthority intermediate(String commonName, UnaryOperator<CertificateOrder> kind) {
        Credentials made = kind.apply(order(commonName).asAuthority()).issue();
        return new CertificateAuthority(made, made.chain());
    }

    /** Begins a certificate signed by this authority, with the common name given and no subject alternative name. */
    public CertificateOrder order(String commonName) {
        return new CertificateOrder(commonName, this);
    }

    /** Issues a sound certificate: the name as common name and as DNS name, for servers and clients, for a year. */
    public Credentials issue(String dnsName) {
        return order(dnsName).dnsNames(dnsName).issue();
    }

    public X509Certificate certificate() {
        return credentials.certificate();
    }

    /** This authority's own certificate and key, for a peer that wrongly presents them as its own identity. */
    public Credentials credentials() {
        return credentials;
    }

    /**
     * Writes this authority's certificate as PEM, for a peer that trusts it.
     *
     * @param file is created or replaced
     * @return the file given
     */
    public Path writeCertificate(Path file) throws IOException {
        return Files.writeString(file, Pem.certificates(List.of(certificate())));
    }

    /** The certificates that follow a leaf of this authority in its chain, nearest first, without the root. */
    List<X509Certificate> issuerChain() {
        return new ArrayList<>(issuerChain);
    }
}
