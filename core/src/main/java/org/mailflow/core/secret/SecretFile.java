package org.mailflow.core.secret;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** A file with a secret: text, of which white space around it is no part. */
public final class SecretFile {

    private static final int RANDOM_OCTETS = 32;

    private SecretFile() {}

    /** Reads the secret of a file. */
    public static String read(Path file) throws IOException {
        return Files.readString(file).strip();
    }

    /**
     * Reads the secret of a file, which is created with a random one of 43 characters where it is missing; its owner alone
     * can read it then.
     */
    public static String readOrCreate(Path file) throws IOException {
        if (Files.notExists(file)) {
            create(file);
        }
        return read(file);
    }

    private static void create(Path file) throws IOException {
        byte[] random = new byte[RANDOM_OCTETS];
        new SecureRandom().nextBytes(random);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        FileAttribute<?> ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        ByteBuffer text = ByteBuffer.wrap((secret + "\n").getBytes(StandardCharsets.US_ASCII));
        try (SeekableByteChannel channel = Files.newByteChannel(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SYNC),
                ownerOnly)) {
            while (text.hasRemaining()) {
                channel.write(text);
            }
        } catch (FileAlreadyExistsException e) {
            // Somebody made it at the same time: his counts.
            return;
        }
    }
}
