package org.mailflow.core.config.reading;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.config.Location;
import org.mailflow.core.config.settings.ElementSpec;
import org.mailflow.core.config.settings.Parameter;
import org.mailflow.core.config.settings.ServerElements;
import org.mailflow.core.model.IpList;
import org.mailflow.core.model.IpListEntry;
import org.mailflow.core.model.ServerSettings;
import org.mailflow.core.tls.PemFiles;
import org.mailflow.core.tls.ServerCertificate;

/** Reads the element {@code server}. */
final class ServerReader {

    private final Reading reading;

    ServerReader(Reading reading) {
        this.reading = reading;
    }

    ServerDraft read(Section section) {
        List<Draft<String>> names = new ArrayList<>();
        List<Draft<ServerCertificate>> certificates = new ArrayList<>();
        for (Section certificate : section.children(ServerElements.CERTIFICATE)) {
            certificate
                    .one(ServerElements.CERTIFICATE_NAME)
                    .ifPresent(name -> names.add(new Draft<>(name, certificate)));
            certificate(certificate).ifPresent(read -> certificates.add(new Draft<>(read, certificate)));
        }
        ServerSettings settings = new ServerSettings(
                section.one(ServerElements.FQDN).map(DomainName::value).orElse(""),
                list(section, ServerElements.IP_ALLOW_LIST),
                list(section, ServerElements.IP_BLOCK_LIST),
                certificates.stream().map(Draft::value).toList(),
                trusted(section));
        return new ServerDraft(section, settings, names, certificates);
    }

    private Optional<ServerCertificate> certificate(Section section) {
        Optional<String> name = section.one(ServerElements.CERTIFICATE_NAME);
        Optional<List<X509Certificate>> chain = pem(section, ServerElements.CERTIFICATE_FILE, PemFiles::certificates);
        Optional<PrivateKey> key = pem(section, ServerElements.PRIVATE_KEY_FILE, PemFiles::privateKey);
        return name.isEmpty() || chain.isEmpty() || key.isEmpty()
                ? Optional.empty()
                : Optional.of(new ServerCertificate(name.get(), chain.get(), key.get(), section.location()));
    }

    private <T> Optional<T> pem(Section section, Parameter<String> parameter, PemReader<T> reader) {
        return ConfiguredFile.existing(section, parameter, reading)
                .flatMap(file -> pem(section, parameter, section.locationOf(parameter), file, reader));
    }

    private static <T> Optional<T> pem(
            Section section, Parameter<String> parameter, Location place, Path file, PemReader<T> reader) {
        try {
            return Optional.of(reader.read(file));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            section.error(
                    parameter,
                    place,
                    file.getFileName() + " cannot be used: " + String.valueOf(e.getMessage()),
                    "It must be a PEM file, as openssl writes it");
            return Optional.empty();
        }
    }

    private Set<X509Certificate> trusted(Section section) {
        if (!section.has(ServerElements.TRUSTED_CERTIFICATES)) {
            return SystemAuthorities.certificates();
        }
        Set<X509Certificate> trusted = new HashSet<>();
        for (Section.Item<String> written : section.items(ServerElements.TRUSTED_CERTIFICATES)) {
            if (written.value().equals(ServerElements.SYSTEM)) {
                trusted.addAll(SystemAuthorities.certificates());
            } else {
                ConfiguredFile.existing(section, ServerElements.TRUSTED_CERTIFICATES, written, reading)
                        .flatMap(file -> pem(
                                section,
                                ServerElements.TRUSTED_CERTIFICATES,
                                written.location(),
                                file,
                                PemFiles::certificates))
                        .ifPresent(trusted::addAll);
            }
        }
        return trusted;
    }

    private static IpList list(Section server, ElementSpec list) {
        return new IpList(server.child(list)
                .map(section -> section.children(ServerElements.entryOf(list)).stream()
                        .flatMap(entry -> entry(entry).stream())
                        .toList())
                .orElse(List.of()));
    }

    private static Optional<IpListEntry> entry(Section section) {
        Optional<Instant> expires = section.one(ServerElements.EXPIRES);
        return section.one(ServerElements.ADDRESS)
                .map(prefixes -> new IpListEntry(
                        section.written(ServerElements.ADDRESS),
                        prefixes,
                        expires,
                        section.one(ServerElements.ENTRY_COMMENT, ""),
                        section.location()));
    }

    /** Reads something of a PEM file. */
    @FunctionalInterface
    private interface PemReader<T> {
        T read(Path file) throws IOException, GeneralSecurityException;
    }
}
