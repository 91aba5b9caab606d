package org.mailflow.core.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The secret that a server makes for itself and keeps in its data directory, where its configuration names none. */
public final class ServerSecret {

    /** The name of the file. */
    public static final String FILE = "secret";

    private ServerSecret() {}

    /** The key of a data directory; both are made where they are missing. */
    public static SigningKey readOrCreate(Path data) throws IOException {
        Files.createDirectories(data);
        Path file = data.resolve(FILE);
        try {
            return SigningKey.of(SecretFile.readOrCreate(file));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " " + e.getMessage() + ": remove it, and the next start makes another", e);
        }
    }

    /** The key of a data directory, for who only looks; empty where there is none that he can read. */
    public static Optional<SigningKey> read(Path data) {
        try {
            return Optional.of(SigningKey.of(SecretFile.read(data.resolve(FILE))));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
