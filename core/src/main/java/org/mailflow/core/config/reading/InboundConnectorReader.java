package org.mailflow.core.config.reading;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import org.mailflow.core.address.DomainPattern;
import org.mailflow.core.config.settings.InboundConnectorSettings;
import org.mailflow.core.config.settings.Parameter;
import org.mailflow.core.ip.IpPrefix;
import org.mailflow.core.ip.IpSet;
import org.mailflow.core.model.ConnectorType;
import org.mailflow.core.model.InboundConnector;
import org.mailflow.core.model.SkipListing;
import org.mailflow.core.tls.CertificateDemand;
import org.mailflow.core.tls.CertificatePin;

/** Reads the element {@code inboundConnector}. */
final class InboundConnectorReader {

    private final Reading reading;

    InboundConnectorReader(Reading reading) {
        this.reading = reading;
    }

    Draft<InboundConnector> read(Section section) {
        ConnectorType type = section.one(InboundConnectorSettings.CONNECTOR_TYPE, ConnectorType.PARTNER);
        InboundConnector connector = new InboundConnector(
                section.one(InboundConnectorSettings.NAME, ""),
                type,
                section.one(InboundConnectorSettings.ENABLED, true),
                senderDomains(section, type),
                addresses(section, InboundConnectorSettings.SENDER_IP_ADDRESSES),
                section.one(InboundConnectorSettings.RESTRICT_DOMAINS_TO_IP_ADDRESSES, false),
                section.one(InboundConnectorSettings.RESTRICT_DOMAINS_TO_CERTIFICATE, false),
                new CertificateDemand(
                        section.one(InboundConnectorSettings.TLS_SENDER_CERTIFICATE_NAME),
                        pins(section),
                        section.one(InboundConnectorSettings.ALLOW_COMMON_NAME, false)),
                section.one(InboundConnectorSettings.REQUIRE_TLS, type == ConnectorType.PARTNER),
                section.one(InboundConnectorSettings.CLOUD_SERVICES_MAIL_ENABLED, false),
                section.one(InboundConnectorSettings.TREAT_MESSAGES_AS_INTERNAL, false),
                section.list(InboundConnectorSettings.ASSOCIATED_ACCEPTED_DOMAINS),
                skipListing(section),
                section.one(InboundConnectorSettings.COMMENT, ""),
                section.location());
        return new Draft<>(connector, section);
    }

    private static IpSet addresses(Section section, Parameter<List<IpPrefix>> parameter) {
        return IpSet.of(section.list(parameter).stream().flatMap(List::stream).toList());
    }

    private static SkipListing skipListing(Section section) {
        return new SkipListing(
                section.one(InboundConnectorSettings.EF_SKIP_LAST_IP, false),
                addresses(section, InboundConnectorSettings.EF_SKIP_IPS),
                section.list(InboundConnectorSettings.EF_USERS));
    }

    private static List<DomainPattern> senderDomains(Section section, ConnectorType type) {
        List<DomainPattern> written = section.list(InboundConnectorSettings.SENDER_DOMAINS);
        boolean all = type == ConnectorType.ON_PREMISES && !section.has(InboundConnectorSettings.SENDER_DOMAINS);
        return all ? List.of(new DomainPattern.Any()) : written;
    }

    private List<CertificatePin> pins(Section section) {
        return section.items(InboundConnectorSettings.TLS_SENDER_CERTIFICATE_PINS).stream()
                .flatMap(written -> written.value().startsWith(InboundConnectorSettings.PIN_FILE)
                        ? pinsOf(section, written)
                        : Stream.of(CertificatePin.parse(written.value())))
                .distinct()
                .toList();
    }

    /** All certificates of a file, each as it is. */
    private Stream<CertificatePin> pinsOf(Section section, Section.Item<String> written) {
        String name = written.value().substring(InboundConnectorSettings.PIN_FILE.length());
        return ConfiguredFile.existing(
                        section,
                        InboundConnectorSettings.TLS_SENDER_CERTIFICATE_PINS,
                        new Section.Item<>(name, written.location()),
                        reading)
                .stream()
                .flatMap(file -> certificates(section, written, file))
                .map(CertificatePin::ofCertificate);
    }

    private Stream<X509Certificate> certificates(Section section, Section.Item<String> written, Path file) {
        List<X509Certificate> certificates = CertificateReader.certificates(
                        section, InboundConnectorSettings.TLS_SENDER_CERTIFICATE_PINS, written.location(), file)
                .orElse(List.of());
        boolean past = !certificates.isEmpty()
                && certificates.stream().allMatch(certificate -> reading.now()
                        .isAfter(certificate.getNotAfter().toInstant()));
        if (past) {
            section.warning(
                    InboundConnectorSettings.TLS_SENDER_CERTIFICATE_PINS,
                    "every certificate in " + file.getFileName() + " has expired: the peer is refused",
                    "Put the peer's new certificate into the file");
        }
        return certificates.stream();
    }
}
