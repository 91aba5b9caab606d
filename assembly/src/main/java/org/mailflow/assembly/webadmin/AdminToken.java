package org.mailflow.assembly.webadmin;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** The secret that a request to WebAdmin must carry. */
final class AdminToken {
    private static final int RANDOM_OCTETS = 32;
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
        if (Files.notExists(file)) {
            create(file);
        }
        return of(Files.readString(file).strip());
    }

    /** Compares in a time that does not depend on how much of the secret was guessed. */
    boolean matches(String presented) {
        return MessageDigest.isEqual(secret, presented.getBytes(StandardCharsets.UTF_8));
    }

    private static void create(Path file) throws IOException {
        byte[] random = new byte[RANDOM_OCTETS];
        new SecureRandom().nextBytes(random);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (SeekableByteChannel channel = Files.newByteChannel(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
            channel.write(ByteBuffer.wrap((secret + "\n").getBytes(StandardCharsets.US_ASCII)));
        }
    }
}
