package org.mailflow.core.config.checks;

import static org.mailflow.core.config.settings.InboundConnectorSettings.RESTRICT_DOMAINS_TO_CERTIFICATE;
import static org.mailflow.core.config.settings.InboundConnectorSettings.RESTRICT_DOMAINS_TO_IP_ADDRESSES;
import static org.mailflow.core.config.settings.InboundConnectorSettings.SENDER_IP_ADDRESSES;
import static org.mailflow.core.config.settings.InboundConnectorSettings.TLS_SENDER_CERTIFICATE_NAME;
import static org.mailflow.core.config.settings.InboundConnectorSettings.TLS_SENDER_CERTIFICATE_PINS;
import static org.mailflow.core.config.settings.InboundConnectorSettings.TREAT_MESSAGES_AS_INTERNAL;

import java.util.List;
import java.util.function.BiConsumer;
import org.mailflow.core.config.reading.Section;
import org.mailflow.core.config.settings.Parameter;
import org.mailflow.core.ip.IpPrefix;
import org.mailflow.core.model.InboundConnector;

/** What must hold in an inbound connector of type onPremises. */
final class OwnServerChecks {

    private static final List<BiConsumer<InboundConnector, Section>> ALL = List.of(
            OwnServerChecks::ownServersAreNotRestricted,
            OwnServerChecks::identifiesSomebody,
            OwnServerChecks::identifiesNotEverybody,
            OwnServerChecks::internalIsARisk);

    private OwnServerChecks() {}

    static void run(InboundConnector connector, Section section) {
        ALL.forEach(check -> check.accept(connector, section));
    }

    private static void ownServersAreNotRestricted(InboundConnector connector, Section section) {
        if (connector.restrictDomainsToIPAddresses()) {
            notForOwnServers(section, RESTRICT_DOMAINS_TO_IP_ADDRESSES);
        }
        if (connector.restrictDomainsToCertificate()) {
            notForOwnServers(section, RESTRICT_DOMAINS_TO_CERTIFICATE);
        }
    }

    private static void notForOwnServers(Section section, Parameter<Boolean> parameter) {
        section.error(
                parameter,
                "is for partner only: an onPremises connector identifies servers, and refuses none",
                "Remove it; to refuse others add a partner connector for the same sender domains");
    }

    private static void identifiesSomebody(InboundConnector connector, Section section) {
        if (!section.has(SENDER_IP_ADDRESSES) && !wantsACertificate(section)) {
            section.error(
                    "identifies nobody: it has neither a certificate nor addresses",
                    "Add <tlsSenderCertificateName> (better) or <senderIPAddresses>");
        }
    }

    private static boolean wantsACertificate(Section section) {
        return section.has(TLS_SENDER_CERTIFICATE_NAME) || section.has(TLS_SENDER_CERTIFICATE_PINS);
    }

    private static void identifiesNotEverybody(InboundConnector connector, Section section) {
        if (wantsACertificate(section)) {
            return;
        }
        for (IpPrefix prefix : connector.senderIPAddresses().prefixes()) {
            if (prefix.length() == 0) {
                section.error(
                        SENDER_IP_ADDRESSES,
                        prefix + " makes everybody one of your own servers, who may relay in your name",
                        "Write the addresses of your servers");
            } else if (WideNetworks.isWide(prefix)) {
                section.warning(
                        SENDER_IP_ADDRESSES,
                        prefix + " is a very wide network, and everybody in it may relay in your name",
                        "Write the addresses of your servers");
            }
        }
    }

    private static void internalIsARisk(InboundConnector connector, Section section) {
        if (connector.treatMessagesAsInternal() && !connector.cloudServicesMailEnabled()) {
            section.warning(
                    TREAT_MESSAGES_AS_INTERNAL,
                    "lets mail of these servers in the name of your domains skip the spam filter",
                    "Use it only for servers that send nobody else's mail");
        }
    }
}
