package org.mailflow.assembly.webadmin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.mailflow.core.secret.SecretFile;

/** The secret that a request to WebAdmin must carry. */
final class AdminToken {
    private static final int MIN_LENGTH = 16;

    private final byte[] secret;

    private AdminToken(String secret) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Takes a secret that an operator chose.
     *
     * @throws IllegalArgumentException where it is shorter than 16 characters
     */
    static AdminToken of(String secret) {
        if (secret.length() < MIN_LENGTH) {
            throw new IllegalArgumentException(
                    "token in webadmin.properties must have " + MIN_LENGTH + " characters or more");
        }
        return new AdminToken(secret);
    }

    /** Reads the secret of a file, which is created with a random one where it is missing; its owner alone can read it. */
    static AdminToken ofFile(Path file) throws IOException {
        return of(SecretFile.readOrCreate(file));
    }

    /** Compares in a time that does not depend on how much of the secret was guessed. */
    boolean matches(String presented) {
        return MessageDigest.isEqual(secret, presented.getBytes(StandardCharsets.UTF_8));
    }
}
