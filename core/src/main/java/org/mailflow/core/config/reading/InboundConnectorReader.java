package org.mailflow.core.config.reading;

import java.util.List;
import org.mailflow.core.address.DomainPattern;
import org.mailflow.core.config.settings.InboundConnectorSettings;
import org.mailflow.core.config.settings.Parameter;
import org.mailflow.core.ip.IpPrefix;
import org.mailflow.core.ip.IpSet;
import org.mailflow.core.model.ConnectorType;
import org.mailflow.core.model.InboundConnector;
import org.mailflow.core.model.SkipListing;

/** Reads the element {@code inboundConnector}. */
final class InboundConnectorReader {

    private InboundConnectorReader() {}

    static Draft<InboundConnector> read(Section section) {
        ConnectorType type = section.one(InboundConnectorSettings.CONNECTOR_TYPE, ConnectorType.PARTNER);
        InboundConnector connector = new InboundConnector(
                section.one(InboundConnectorSettings.NAME, ""),
                type,
                section.one(InboundConnectorSettings.ENABLED, true),
                senderDomains(section, type),
                addresses(section, InboundConnectorSettings.SENDER_IP_ADDRESSES),
                section.one(InboundConnectorSettings.RESTRICT_DOMAINS_TO_IP_ADDRESSES, false),
                section.one(InboundConnectorSettings.RESTRICT_DOMAINS_TO_CERTIFICATE, false),
                section.one(InboundConnectorSettings.TLS_SENDER_CERTIFICATE_NAME),
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
}
