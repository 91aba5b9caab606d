package org.mailflow.core.tls;

import com.google.common.base.Ascii;
import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One certificate, or one key, and no other, whoever signed it.
 *
 * @param of what is pinned
 * @param value of a key {@code sha256/} and the SHA-256 of its SubjectPublicKeyInfo in base64 (RFC 7469, 2.4); of a
 *     certificate the SHA-256 of all of it in lower-case hexadecimal
 */
public record CertificatePin(Of of, String value) {

    /** What is pinned. */
    public enum Of {
        /** The public key: a certificate that is renewed with the same key goes on. */
        KEY,
        /** The certificate as it is. */
        CERTIFICATE
    }

    private static final String KEY_PREFIX = "sha256/";
    private static final int LENGTH = 32;
    private static final Pattern HEXADECIMAL = Pattern.compile("[0-9a-f]{64}|[0-9a-f]{2}(?::[0-9a-f]{2}){31}");

    /**
     * Reads {@code sha256/BASE64}, or a fingerprint in hexadecimal with or without colons, in any case.
     *
     * @throws IllegalArgumentException where the text is neither; the message says how to write it
     */
    public static CertificatePin parse(String text) {
        if (text.startsWith(KEY_PREFIX)) {
            return new CertificatePin(Of.KEY, KEY_PREFIX + key(text));
        }
        String lower = Ascii.toLowerCase(text);
        if (!HEXADECIMAL.matcher(lower).matches()) {
            throw mistake(text);
        }
        return new CertificatePin(Of.CERTIFICATE, lower.replace(":", ""));
    }

    private static String key(String text) {
        try {
            byte[] digest = Base64.getDecoder().decode(text.substring(KEY_PREFIX.length()));
            if (digest.length == LENGTH) {
                return Base64.getEncoder().encodeToString(digest);
            }
        } catch (IllegalArgumentException e) {
            throw mistake(text);
        }
        throw mistake(text);
    }

    private static IllegalArgumentException mistake(String text) {
        return new IllegalArgumentException("'" + text + "' is no pin: write sha256/ and 44 characters of base64 for a "
                + "key, or the SHA-256 fingerprint of the certificate, 64 hexadecimal digits");
    }

    /** The pin of a certificate as it is. */
    public static CertificatePin ofCertificate(X509Certificate certificate) {
        try {
            return new CertificatePin(
                    Of.CERTIFICATE, sha256(certificate.getEncoded()).toString());
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("a certificate without an encoding", e);
        }
    }

    /** The pin of a certificate's key. */
    public static CertificatePin ofKey(X509Certificate certificate) {
        byte[] digest = sha256(certificate.getPublicKey().getEncoded()).asBytes();
        return new CertificatePin(Of.KEY, KEY_PREFIX + Base64.getEncoder().encodeToString(digest));
    }

    /** All pins that a certificate satisfies. */
    static Set<CertificatePin> all(X509Certificate certificate) {
        return Set.of(ofKey(certificate), ofCertificate(certificate));
    }

    private static HashCode sha256(byte[] bytes) {
        return Hashing.sha256().hashBytes(bytes);
    }

    @Override
    public String toString() {
        return value;
    }
}
