package org.mailflow.core.config.checks;

import static org.mailflow.core.config.settings.InboundConnectorSettings.CLOUD_SERVICES_MAIL_ENABLED;
import static org.mailflow.core.config.settings.InboundConnectorSettings.REQUIRE_TLS;
import static org.mailflow.core.config.settings.InboundConnectorSettings.RESTRICT_DOMAINS_TO_CERTIFICATE;
import static org.mailflow.core.config.settings.InboundConnectorSettings.RESTRICT_DOMAINS_TO_IP_ADDRESSES;
import static org.mailflow.core.config.settings.InboundConnectorSettings.SENDER_DOMAINS;
import static org.mailflow.core.config.settings.InboundConnectorSettings.SENDER_IP_ADDRESSES;
import static org.mailflow.core.config.settings.InboundConnectorSettings.TLS_SENDER_CERTIFICATE_NAME;
import static org.mailflow.core.config.settings.InboundConnectorSettings.TLS_SENDER_CERTIFICATE_PINS;
import static org.mailflow.core.config.settings.InboundConnectorSettings.TREAT_MESSAGES_AS_INTERNAL;

import java.util.List;
import java.util.function.BiConsumer;
import org.mailflow.core.address.DomainPattern;
import org.mailflow.core.config.reading.Section;
import org.mailflow.core.config.settings.Parameter;
import org.mailflow.core.model.InboundConnector;

/** What must hold in an inbound connector of type partner. */
final class PartnerChecks {

    private static final List<BiConsumer<InboundConnector, Section>> ALL = List.of(
            PartnerChecks::partnerHasSenderDomains,
            PartnerChecks::partnerIsNotInternal,
            PartnerChecks::partnerIsNotTheOtherPremises,
            PartnerChecks::addressRestrictionHasAddresses,
            PartnerChecks::certificateRestrictionHasACertificate,
            PartnerChecks::oneRestriction,
            PartnerChecks::addressesAreDemanded,
            PartnerChecks::certificateIsDemanded,
            PartnerChecks::demandsSomething);

    private PartnerChecks() {}

    static void run(InboundConnector connector, Section section) {
        ALL.forEach(check -> check.accept(connector, section));
    }

    private static void partnerHasSenderDomains(InboundConnector connector, Section section) {
        if (!section.has(SENDER_DOMAINS)) {
            section.error(
                    SENDER_DOMAINS, "is missing", "Add <senderDomains>: the partner's domains, or * for every sender");
        }
    }

    private static void partnerIsNotInternal(InboundConnector connector, Section section) {
        if (connector.treatMessagesAsInternal()) {
            section.error(
                    TREAT_MESSAGES_AS_INTERNAL,
                    "is for onPremises only: a partner's mail is never internal",
                    "Remove it, or make the connector one of connectorType onPremises if the servers are yours");
        }
    }

    private static void partnerIsNotTheOtherPremises(InboundConnector connector, Section section) {
        if (connector.cloudServicesMailEnabled()) {
            section.error(
                    CLOUD_SERVICES_MAIL_ENABLED,
                    "is for onPremises only: a partner is not the other premises",
                    "Remove it, or make the connector one of connectorType onPremises if the servers are yours");
        }
    }

    private static void addressRestrictionHasAddresses(InboundConnector connector, Section section) {
        if (connector.restrictDomainsToIPAddresses() && !section.has(SENDER_IP_ADDRESSES)) {
            section.error(
                    RESTRICT_DOMAINS_TO_IP_ADDRESSES, "has no addresses to restrict to", "Add <senderIPAddresses>");
        }
    }

    private static void certificateRestrictionHasACertificate(InboundConnector connector, Section section) {
        boolean tellsWhich = section.has(TLS_SENDER_CERTIFICATE_NAME) || section.has(TLS_SENDER_CERTIFICATE_PINS);
        if (connector.restrictDomainsToCertificate() && !tellsWhich) {
            section.error(
                    RESTRICT_DOMAINS_TO_CERTIFICATE,
                    "has no certificate to restrict to",
                    "Add <tlsSenderCertificateName> or <tlsSenderCertificatePins>");
        }
    }

    private static void oneRestriction(InboundConnector connector, Section section) {
        if (connector.restrictDomainsToIPAddresses() && connector.restrictDomainsToCertificate()) {
            section.error(
                    RESTRICT_DOMAINS_TO_IP_ADDRESSES,
                    "excludes restrictDomainsToCertificate in one connector",
                    "Keep the restriction to the certificate: it is the stronger one");
        }
    }

    private static void addressesAreDemanded(InboundConnector connector, Section section) {
        boolean pointless = section.has(SENDER_IP_ADDRESSES)
                && section.isSound(RESTRICT_DOMAINS_TO_IP_ADDRESSES)
                && !connector.restrictDomainsToIPAddresses();
        if (pointless) {
            section.warning(
                    SENDER_IP_ADDRESSES,
                    "has no effect in a partner connector without restrictDomainsToIPAddresses",
                    "Add <restrictDomainsToIPAddresses>true</restrictDomainsToIPAddresses>, or remove it");
        }
    }

    private static void certificateIsDemanded(InboundConnector connector, Section section) {
        if (connector.restrictDomainsToCertificate() || !section.isSound(RESTRICT_DOMAINS_TO_CERTIFICATE)) {
            return;
        }
        for (Parameter<?> parameter : List.of(TLS_SENDER_CERTIFICATE_NAME, TLS_SENDER_CERTIFICATE_PINS)) {
            if (section.has(parameter)) {
                section.warning(
                        parameter,
                        "has no effect in a partner connector without restrictDomainsToCertificate",
                        "Add <restrictDomainsToCertificate>true</restrictDomainsToCertificate>, or remove it");
            }
        }
    }

    private static void demandsSomething(InboundConnector connector, Section section) {
        boolean restricts = connector.restrictDomainsToIPAddresses() || connector.restrictDomainsToCertificate();
        boolean sound = section.isSound(RESTRICT_DOMAINS_TO_IP_ADDRESSES)
                && section.isSound(RESTRICT_DOMAINS_TO_CERTIFICATE)
                && section.isSound(REQUIRE_TLS);
        if (restricts || !sound) {
            return;
        }
        if (!connector.requireTls()) {
            section.warning(
                    "demands nothing, and so has no effect",
                    "Set requireTls, restrictDomainsToIPAddresses or restrictDomainsToCertificate to true");
        } else if (connector.senderDomains().contains(new DomainPattern.Any())) {
            section.warning(
                    SENDER_DOMAINS,
                    "* without a restriction refuses mail of every sender on the internet that does not come over TLS",
                    "Name the partner's domains; to lock out all but one gateway add a restriction");
        }
    }
}
