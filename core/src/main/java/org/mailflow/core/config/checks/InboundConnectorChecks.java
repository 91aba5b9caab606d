package org.mailflow.core.config.checks;

import static org.mailflow.core.config.settings.InboundConnectorSettings.ALLOW_COMMON_NAME;
import static org.mailflow.core.config.settings.InboundConnectorSettings.ASSOCIATED_ACCEPTED_DOMAINS;
import static org.mailflow.core.config.settings.InboundConnectorSettings.CLOUD_SERVICES_MAIL_ENABLED;
import static org.mailflow.core.config.settings.InboundConnectorSettings.CONNECTOR_TYPE;
import static org.mailflow.core.config.settings.InboundConnectorSettings.TLS_SENDER_CERTIFICATE_NAME;
import static org.mailflow.core.config.settings.InboundConnectorSettings.TLS_SENDER_CERTIFICATE_PINS;
import static org.mailflow.core.config.settings.InboundConnectorSettings.TREAT_MESSAGES_AS_INTERNAL;

import org.mailflow.core.address.DomainName;
import org.mailflow.core.config.reading.Draft;
import org.mailflow.core.config.reading.MailflowDraft;
import org.mailflow.core.config.reading.OrganizationDraft;
import org.mailflow.core.config.reading.Section;
import org.mailflow.core.model.ConnectorType;
import org.mailflow.core.model.InboundConnector;

/** What must hold in an inbound connector of either type. */
final class InboundConnectorChecks {

    private InboundConnectorChecks() {}

    static void run(MailflowDraft draft) {
        for (OrganizationDraft organization : draft.organizations()) {
            for (Draft<InboundConnector> connector : organization.inboundConnectors()) {
                internalTwice(connector.value(), connector.section());
                promotionNeedsACertificate(connector.value(), connector.section());
                commonNameOfWhat(connector.value(), connector.section());
                associatedDomainsAreOurs(connector.section(), organization);
                SkipListingChecks.run(connector.value(), connector.section(), organization);
                ofType(connector.value(), connector.section());
            }
        }
    }

    private static void ofType(InboundConnector connector, Section section) {
        if (!section.isSound(CONNECTOR_TYPE)) {
            return;
        }
        if (connector.connectorType() == ConnectorType.PARTNER) {
            PartnerChecks.run(connector, section);
        } else {
            OwnServerChecks.run(connector, section);
        }
    }

    private static void internalTwice(InboundConnector connector, Section section) {
        if (connector.treatMessagesAsInternal() && connector.cloudServicesMailEnabled()) {
            section.error(
                    TREAT_MESSAGES_AS_INTERNAL,
                    "excludes cloudServicesMailEnabled",
                    "Keep cloudServicesMailEnabled for the other premises, treatMessagesAsInternal for other "
                            + "servers of your own");
        }
    }

    private static void promotionNeedsACertificate(InboundConnector connector, Section section) {
        if (connector.cloudServicesMailEnabled()
                && !section.has(TLS_SENDER_CERTIFICATE_NAME)
                && !section.has(TLS_SENDER_CERTIFICATE_PINS)) {
            section.error(
                    CLOUD_SERVICES_MAIL_ENABLED,
                    "needs a certificate: an address does not prove the other premises",
                    "Add <tlsSenderCertificateName>");
        }
    }

    private static void commonNameOfWhat(InboundConnector connector, Section section) {
        if (connector.senderCertificate().allowCommonName() && !section.has(TLS_SENDER_CERTIFICATE_NAME)) {
            section.warning(
                    ALLOW_COMMON_NAME,
                    "has no effect without tlsSenderCertificateName",
                    "Add <tlsSenderCertificateName>, or remove it");
        }
    }

    private static void associatedDomainsAreOurs(Section section, OrganizationDraft organization) {
        for (Section.Item<DomainName> domain : section.items(ASSOCIATED_ACCEPTED_DOMAINS)) {
            boolean ours = organization.acceptedDomains().stream()
                    .anyMatch(accepted -> accepted.value().name().equals(domain.value()));
            if (!ours) {
                section.error(
                        ASSOCIATED_ACCEPTED_DOMAINS,
                        domain.location(),
                        domain.value() + " is no accepted domain of " + organization.name(),
                        "Correct it, or add it as an <acceptedDomain>");
            }
        }
    }
}
