package org.mailflow.benchmarks.relay;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

/** The authorities in the form that a JVM is told of by system properties. */
final class TrustStore {

    static final String PASSWORD = "changeit";

    private TrustStore() {}

    static Path write(Trust trust, Path file) throws IOException {
        try (OutputStream output = Files.newOutputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("authority", trust.authority().certificate());
            store.store(output, PASSWORD.toCharArray());
            return file;
        } catch (GeneralSecurityException e) {
            throw new IOException("a trust store cannot be written", e);
        }
    }
}
