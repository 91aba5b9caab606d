package org.mailflow.testing.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * What a TLS peer proves itself with.
 *
 * @param chain the leaf first, then the intermediates, never the root; not empty
 */
public record Credentials(PrivateKey privateKey, List<X509Certificate> chain) {
    public Credentials {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a chain begins with the leaf certificate");
        }
    }

    /** The leaf. */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    /** The pin of its key (RFC 7469, 2.4). */
    public String keyPin() {
        return "sha256/"
                + Base64.getEncoder()
                        .encodeToString(sha256(certificate().getPublicKey().getEncoded()));
    }

    /** The SHA-256 fingerprint of the leaf, as openssl prints it. */
    public String fingerprint() {
        try {
            return HexFormat.ofDelimiter(":")
                    .withUpperCase()
                    .formatHex(sha256(certificate().getEncoded()));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate without an encoding", e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same identity as a careless peer presents it: without the intermediates. */
    public Credentials leafOnly() {
        return new Credentials(privateKey, List.of(certificate()));
    }

    /**
     * Writes {@code <name>.crt} (the chain) and {@code <name>.key} (PKCS #8, readable by the owner only) as PEM.
     *
     * @param directory exists already
     */
    public PemFiles writePem(Path directory, String name) throws IOException {
        Path certificates = directory.resolve(name + ".crt");
        Path key = directory.resolve(name + ".key");
        Files.writeString(certificates, Pem.certificates(chain));
        Files.deleteIfExists(key);
        if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
            Files.createFile(key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(key, Pem.privateKey(privateKey));
        return new PemFiles(certificates, key);
    }
}
