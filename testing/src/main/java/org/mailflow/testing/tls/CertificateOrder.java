package org.mailflow.testing.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A certificate in the making, sound until it is told otherwise: EC P-256, valid from an hour ago for a year, for
 * servers and clients. Names are written as they are given, so that a test can put in what no honest authority would.
 */
public final class CertificateOrder {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final @Nullable CertificateAuthority issuer;
    private final List<GeneralName> alternativeNames = new ArrayList<>();
    private X500Name subject;
    private Instant notBefore = Instant.now().minus(Duration.ofHours(1));
    private Instant notAfter = Instant.now().plus(Duration.ofDays(365));
    private List<KeyPurposeId> purposes = List.of(KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth);
    private boolean authority;
    private boolean broken;
    private int longestPath = -1;
    private @Nullable NameConstraints constraints;
    private int rsaBits;
    private String digest = "SHA256";

    CertificateOrder(String commonName, @Nullable CertificateAuthority issuer) {
        this.subject = new X500NameBuilder().addRDN(BCStyle.CN, commonName).build();
        this.issuer = issuer;
    }

    /** Begins a certificate that is signed by its own key. */
    public static CertificateOrder selfSigned(String commonName) {
        return new CertificateOrder(commonName, null);
    }

    /** Replaces the subject, for example {@code O="x,CN=victim.example",CN=attacker.example}. */
    public CertificateOrder subject(String distinguishedName) {
        subject = new X500Name(distinguishedName);
        return this;
    }

    /** Adds DNS names, unchecked: wildcards, NUL and upper case are written as given. */
    public CertificateOrder dnsNames(String... names) {
        for (String name : names) {
            alternativeNames.add(new GeneralName(GeneralName.dNSName, new DERIA5String(name)));
        }
        return this;
    }

    /** Adds an IPv4 or IPv6 address as subject alternative name. */
    public CertificateOrder ipAddress(String address) {
        alternativeNames.add(new GeneralName(GeneralName.iPAddress, address));
        return this;
    }

    /** Adds a URI as subject alternative name. */
    public CertificateOrder uri(String uri) {
        alternativeNames.add(new GeneralName(GeneralName.uniformResourceIdentifier, uri));
        return this;
    }

    /** Adds a mail address as subject alternative name. */
    public CertificateOrder mailAddress(String address) {
        alternativeNames.add(new GeneralName(GeneralName.rfc822Name, address));
        return this;
    }

    public CertificateOrder notBefore(Instant start) {
        notBefore = start;
        return this;
    }

    public CertificateOrder notAfter(Instant end) {
        notAfter = end;
        return this;
    }

    /** Lets the certificate end yesterday. */
    public CertificateOrder expired() {
        return notBefore(Instant.now().minus(Duration.ofDays(30)))
                .notAfter(Instant.now().minus(Duration.ofDays(1)));
    }

    /** Lets the certificate begin tomorrow. */
    public CertificateOrder notYetValid() {
        return notBefore(Instant.now().plus(Duration.ofDays(1)));
    }

    /** Allows the use as a TLS server only. */
    public CertificateOrder forServersOnly() {
        purposes = List.of(KeyPurposeId.id_kp_serverAuth);
        return this;
    }

    /** Allows the use as a TLS client only. */
    public CertificateOrder forClientsOnly() {
        purposes = List.of(KeyPurposeId.id_kp_clientAuth);
        return this;
    }

    /** Leaves out the extended key usage, which allows every use. */
    public CertificateOrder withoutPurpose() {
        purposes = List.of();
        return this;
    }

    /** Marks the certificate as one that may sign others. */
    public CertificateOrder asAuthority() {
        authority = true;
        return withoutPurpose();
    }

    /** Marks the certificate as one that may sign others, with at most so many authorities in between. */
    public CertificateOrder asAuthority(int pathLength) {
        longestPath = pathLength;
        return asAuthority();
    }

    /** Takes the right to sign others away again. */
    CertificateOrder asNoAuthority() {
        authority = false;
        return this;
    }

    /** Holds an authority to DNS names below this one. */
    public CertificateOrder permittedDnsName(String name) {
        constraints = new NameConstraints(
                new GeneralSubtree[] {new GeneralSubtree(new GeneralName(GeneralName.dNSName, name))}, null);
        return this;
    }

    /** Allows the signing of programs only. */
    public CertificateOrder forCodeOnly() {
        purposes = List.of(KeyPurposeId.id_kp_codeSigning);
        return this;
    }

    /** Adds a name of a kind that nobody knows as subject alternative name. */
    public CertificateOrder otherName(String text) {
        ASN1EncodableVector name = new ASN1EncodableVector();
        name.add(new ASN1ObjectIdentifier("1.3.6.1.4.1.55555.1"));
        name.add(new DERTaggedObject(true, 0, new DERUTF8String(text)));
        alternativeNames.add(new GeneralName(GeneralName.otherName, new DERSequence(name)));
        return this;
    }

    /** Puts bytes in the place of the subject alternative name that are none. */
    public CertificateOrder brokenAlternativeName() {
        broken = true;
        return this;
    }

    /** Takes an RSA key of so many bits in place of the EC key. */
    public CertificateOrder rsaKey(int bits) {
        rsaBits = bits;
        return this;
    }

    /** Signs over another digest than SHA-256, for example {@code SHA1}. */
    public CertificateOrder digest(String name) {
        digest = name;
        return this;
    }

    /**
     * Makes key and certificate.
     *
     * @throws IllegalStateException when this Java runtime cannot make what was asked for
     */
    public Credentials issue() {
        try {
            KeyPair keys = generateKeys();
            List<X509Certificate> chain = new ArrayList<>();
            chain.add(sign(keys));
            if (issuer != null) {
                chain.addAll(issuer.issuerChain());
            }
            return new Credentials(keys.getPrivate(), chain);
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("cannot issue a certificate for " + subject, e);
        }
    }

    private KeyPair generateKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(rsaBits > 0 ? "RSA" : "EC");
        if (rsaBits > 0) {
            generator.initialize(rsaBits, RANDOM);
        } else {
            generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
        }
        return generator.generateKeyPair();
    }

    private X509Certificate sign(KeyPair keys) throws GeneralSecurityException, OperatorCreationException, IOException {
        X500Name signer = issuer == null
                ? subject
                : X500Name.getInstance(
                        issuer.certificate().getSubjectX500Principal().getEncoded());
        PrivateKey signingKey =
                issuer == null ? keys.getPrivate() : issuer.credentials().privateKey();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                signer,
                new BigInteger(120, RANDOM).setBit(119),
                Date.from(notBefore),
                Date.from(notAfter),
                subject,
                keys.getPublic());
        builder.addExtension(
                Extension.basicConstraints,
                true,
                longestPath >= 0 ? new BasicConstraints(longestPath) : new BasicConstraints(authority));
        if (constraints != null) {
            builder.addExtension(Extension.nameConstraints, true, constraints);
        }
        if (broken) {
            builder.addExtension(Extension.subjectAlternativeName, false, new DEROctetString(new byte[] {1}));
        }
        builder.addExtension(Extension.keyUsage, true, keyUsage());
        identifyKeys(builder, keys.getPublic());
        if (!purposes.isEmpty()) {
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes.toArray(new KeyPurposeId[0])));
        }
        if (!alternativeNames.isEmpty()) {
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(alternativeNames.toArray(new GeneralName[0])));
        }
        String algorithm = digest + "with" + (signingKey.getAlgorithm().equals("RSA") ? "RSA" : "ECDSA");
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(signingKey)));
    }

    private void identifyKeys(JcaX509v3CertificateBuilder builder, PublicKey key)
            throws GeneralSecurityException, IOException {
        JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
        PublicKey signer = issuer == null ? key : issuer.certificate().getPublicKey();
        builder.addExtension(Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(key));
        builder.addExtension(Extension.authorityKeyIdentifier, false, identifiers.createAuthorityKeyIdentifier(signer));
    }

    private KeyUsage keyUsage() {
        return new KeyUsage(
                authority
                        ? KeyUsage.keyCertSign | KeyUsage.cRLSign
                        : rsaBits > 0
                                ? KeyUsage.digitalSignature | KeyUsage.keyEncipherment
                                : KeyUsage.digitalSignature);
    }
}
