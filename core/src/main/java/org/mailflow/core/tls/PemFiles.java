package org.mailflow.core.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificates and private keys from PEM files (RFC 7468). */
public final class PemFiles {

    private static final Pattern KEY = Pattern.compile("-----BEGIN ([A-Z ]*PRIVATE KEY)-----([^-]*)-----END \\1-----");
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "Ed25519", "Ed448");

    private PemFiles() {}

    /**
     * Reads all certificates of a file, in order.
     *
     * @throws IOException where the file cannot be read
     * @throws GeneralSecurityException where it holds no certificate, or a broken one; the message says how to mend it
     */
    public static List<X509Certificate> certificates(Path file) throws IOException, GeneralSecurityException {
        byte[] pem = Files.readAllBytes(file);
        List<X509Certificate> certificates =
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).stream()
                        .map(X509Certificate.class::cast)
                        .toList();
        if (certificates.isEmpty()) {
            throw new CertificateException(
                    file.getFileName() + " holds no certificate: it must have a block -----BEGIN CERTIFICATE-----");
        }
        return certificates;
    }

    /**
     * Reads the private key of a file.
     *
     * @throws IOException where the file cannot be read
     * @throws GeneralSecurityException where it holds no key that is not encrypted, in PKCS#8; the message says how to
     *     mend it
     */
    public static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
        Matcher key = KEY.matcher(Files.readString(file, StandardCharsets.US_ASCII));
        if (!key.find()) {
            throw new InvalidKeySpecException(
                    file.getFileName() + " holds no private key: it must have a block -----BEGIN PRIVATE KEY-----");
        }
        if (!key.group(1).equals("PRIVATE KEY")) {
            throw new InvalidKeySpecException(file.getFileName() + " holds a " + key.group(1)
                    + ": write it anew with: openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW");
        }
        PKCS8EncodedKeySpec spec =
                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(key.group(2)));
        for (String algorithm : ALGORITHMS) {
            Optional<PrivateKey> privateKey = read(algorithm, spec);
            if (privateKey.isPresent()) {
                return privateKey.get();
            }
        }
        throw new InvalidKeySpecException(file.getFileName() + " holds no " + ALGORITHMS + " key");
    }

    /** A key tells its algorithm only to the factory that understands it. */
    private static Optional<PrivateKey> read(String algorithm, PKCS8EncodedKeySpec spec) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(spec));
        } catch (InvalidKeySpecException | NoSuchAlgorithmException e) {
            return Optional.empty();
        }
    }
}
