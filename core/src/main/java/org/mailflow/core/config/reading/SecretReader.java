package org.mailflow.core.config.reading;

import static org.mailflow.core.config.settings.ServerElements.SECRET_FILE;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.mailflow.core.config.FileAccess;
import org.mailflow.core.secret.SecretFile;
import org.mailflow.core.secret.SigningKey;

/** Reads the secret that the element {@code server} names. */
final class SecretReader {

    private SecretReader() {}

    /** The key of the file; empty where none is written, or where it cannot be used, which is noted. */
    static Optional<SigningKey> signingKey(Section section, Reading reading) {
        return ConfiguredFile.existing(section, SECRET_FILE, reading).flatMap(file -> key(section, file));
    }

    private static Optional<SigningKey> key(Section section, Path file) {
        if (FileAccess.isForOthers(file)) {
            section.warning(SECRET_FILE, FileAccess.EXPOSED, FileAccess.REMEDY);
        }
        try {
            return Optional.of(SigningKey.of(SecretFile.read(file)));
        } catch (IllegalArgumentException e) {
            section.broken(
                    SECRET_FILE,
                    section.locationOf(SECRET_FILE),
                    String.valueOf(e.getMessage()),
                    "Write " + SigningKey.MIN_LENGTH + " random characters into it: openssl rand -base64 48");
            return Optional.empty();
        } catch (IOException e) {
            section.unavailable(
                    SECRET_FILE,
                    section.locationOf(SECRET_FILE),
                    "cannot be read: " + e.getMessage(),
                    "Let the user of the server read it, and save it as UTF-8");
            return Optional.empty();
        }
    }
}
