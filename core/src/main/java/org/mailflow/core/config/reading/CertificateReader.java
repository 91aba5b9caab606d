package org.mailflow.core.config.reading;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailflow.core.config.FileAccess;
import org.mailflow.core.config.Location;
import org.mailflow.core.config.settings.Parameter;
import org.mailflow.core.config.settings.ServerElements;
import org.mailflow.core.tls.PemFiles;
import org.mailflow.core.tls.PemPair;
import org.mailflow.core.tls.ServerCertificate;

/** Reads the PEM files that the element {@code server} names. */
final class CertificateReader {

    private final Reading reading;

    CertificateReader(Reading reading) {
        this.reading = reading;
    }

    /** A certificate of the server, if certificate and key could be read. */
    Optional<ServerCertificate> certificate(Section section) {
        Optional<String> name = section.one(ServerElements.CERTIFICATE_NAME);
        Optional<Path> chainFile = ConfiguredFile.existing(section, ServerElements.CERTIFICATE_FILE, reading);
        Optional<Path> keyFile = ConfiguredFile.existing(section, ServerElements.PRIVATE_KEY_FILE, reading);
        Optional<List<X509Certificate>> chain = chainFile.flatMap(file -> chain(section, file));
        Optional<PrivateKey> key = keyFile.flatMap(file -> key(section, file));
        return name.isEmpty() || chain.isEmpty() || key.isEmpty()
                ? Optional.empty()
                : Optional.of(new ServerCertificate(
                        name.get(),
                        chain.get(),
                        key.get(),
                        section.location(),
                        Optional.of(new PemPair(chainFile.orElseThrow(), keyFile.orElseThrow()))));
    }

    private static Optional<List<X509Certificate>> chain(Section section, Path file) {
        Parameter<String> parameter = ServerElements.CERTIFICATE_FILE;
        return pem(section, parameter, section.locationOf(parameter), file, PemFiles::certificates);
    }

    private static Optional<PrivateKey> key(Section section, Path file) {
        Parameter<String> parameter = ServerElements.PRIVATE_KEY_FILE;
        return pem(section, parameter, section.locationOf(parameter), file, PemFiles::privateKey);
    }

    /** Whether every user of the machine can read the key; false where the file system does not tell. */
    boolean isKeyExposed(Section section) {
        return ConfiguredFile.existing(section, ServerElements.PRIVATE_KEY_FILE, reading)
                .filter(FileAccess::isForOthers)
                .isPresent();
    }

    /** The authorities that peers' certificates may end at. */
    Set<X509Certificate> trusted(Section server) {
        Parameter<String> parameter = ServerElements.TRUSTED_CERTIFICATES;
        Set<X509Certificate> trusted = new HashSet<>();
        if (!server.has(parameter)) {
            server.list(parameter).forEach(system -> trusted.addAll(SystemAuthorities.certificates()));
        }
        for (Section.Item<String> written : server.items(parameter)) {
            if (written.value().equals(ServerElements.SYSTEM)) {
                trusted.addAll(SystemAuthorities.certificates());
            } else {
                ConfiguredFile.existing(server, parameter, written, reading)
                        .flatMap(file -> pem(server, parameter, written.location(), file, PemFiles::certificates))
                        .ifPresent(trusted::addAll);
            }
        }
        return trusted;
    }

    /** The certificates of a file; a problem where it has none. */
    static Optional<List<X509Certificate>> certificates(
            Section section, Parameter<String> parameter, Location place, Path file) {
        return pem(section, parameter, place, file, PemFiles::certificates);
    }

    private static <T> Optional<T> pem(
            Section section, Parameter<String> parameter, Location place, Path file, PemReader<T> reader) {
        try {
            return Optional.of(reader.read(file));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            section.broken(
                    parameter,
                    place,
                    file.getFileName() + " cannot be used: " + e.getMessage(),
                    "It must be a PEM file, as openssl writes it");
            return Optional.empty();
        }
    }

    /** Reads something of a PEM file. */
    @FunctionalInterface
    private interface PemReader<T> {
        T read(Path file) throws IOException, GeneralSecurityException;
    }
}
