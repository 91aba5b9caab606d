package org.mailflow.core.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret by which the server knows again what it wrote into a mail itself: HMAC with SHA-256 (RFC 2104). Each use, and
 * each organization, has a key of its own, so that what one signed says nothing to another.
 */
public final class SigningKey {

    /** The fewest characters of a secret that somebody writes. */
    public static final int MIN_LENGTH = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int OCTETS = 32;

    private final Supplier<SecretKeySpec> key;

    private SigningKey(Supplier<SecretKeySpec> key) {
        this.key = key;
    }

    private SigningKey(byte[] secret) {
        SecretKeySpec spec = new SecretKeySpec(secret, ALGORITHM);
        this.key = () -> spec;
    }

    /**
     * A key of a secret.
     *
     * @param secret what nobody else knows; not empty
     */
    public static SigningKey of(byte[] secret) {
        return new SigningKey(secret);
    }

    /**
     * A key that is asked for when something is signed, and not before.
     *
     * @param source gives the same key each time
     */
    public static SigningKey later(Supplier<SigningKey> source) {
        return new SigningKey(() -> source.get().key.get());
    }

    /**
     * A key of a secret that somebody wrote.
     *
     * @throws IllegalArgumentException where it is shorter than {@link #MIN_LENGTH} characters
     */
    public static SigningKey of(String secret) {
        if (secret.length() < MIN_LENGTH) {
            throw new IllegalArgumentException("holds " + secret.length() + " characters, fewer than " + MIN_LENGTH);
        }
        return of(secret.getBytes(StandardCharsets.UTF_8));
    }

    /** A key that nobody has, and that is gone with the process. */
    public static SigningKey random() {
        byte[] secret = new byte[OCTETS];
        new SecureRandom().nextBytes(secret);
        return new SigningKey(secret);
    }

    /** The key for one use of this one. */
    public SigningKey forUse(String use) {
        return new SigningKey(mac(use));
    }

    /**
     * Signs a text.
     *
     * @param octets how many octets of the signature are wanted, from 1 to 32
     * @return the signature in Base64 for file names and addresses (RFC 4648, 5), without padding
     */
    public String sign(String text, int octets) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(signature(text, octets));
    }

    /**
     * Signs a text, for who writes the signature in a form of his own.
     *
     * @param octets how many octets of the signature are wanted, from 1 to 32
     */
    public byte[] signature(String text, int octets) {
        return Arrays.copyOf(mac(text), octets);
    }

    private byte[] mac(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key.get());
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
        }
    }

    /** Nothing of the secret. */
    @Override
    public String toString() {
        return "a signing key";
    }
}
