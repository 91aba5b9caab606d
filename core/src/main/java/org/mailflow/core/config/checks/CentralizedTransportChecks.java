package org.mailflow.core.config.checks;

import static org.mailflow.core.config.settings.OrganizationElements.CENTRALIZED_TRANSPORT_EGRESS;
import static org.mailflow.core.config.settings.OutboundConnectorSettings.IS_TRANSPORT_RULE_SCOPED;
import static org.mailflow.core.config.settings.OutboundConnectorSettings.ROUTE_ALL_MESSAGES_VIA_ON_PREMISES;
import static org.mailflow.core.config.settings.OutboundConnectorSettings.USE_MX_RECORD;

import java.util.List;
import org.mailflow.core.config.reading.Draft;
import org.mailflow.core.config.reading.MailflowDraft;
import org.mailflow.core.config.reading.OrganizationDraft;
import org.mailflow.core.config.reading.Section;
import org.mailflow.core.model.CentralizedTransportEgress;
import org.mailflow.core.model.ConnectorType;
import org.mailflow.core.model.InboundConnector;
import org.mailflow.core.model.OutboundConnector;
import org.mailflow.core.model.Premises;

/** What must hold for centralized mail transport: it begins in the cloud, leads to on-premises, and does not come back. */
final class CentralizedTransportChecks {

    private CentralizedTransportChecks() {}

    static void run(MailflowDraft draft) {
        draft.organizations().forEach(organization -> {
            List<Draft<OutboundConnector>> central = organization.outboundConnectors().stream()
                    .filter(connector -> connector.value().routeAllMessagesViaOnPremises()
                            && connector.value().enabled()
                            && connector.value().connectorType() == ConnectorType.ON_PREMISES)
                    .toList();
            central.forEach(connector -> leadsToOnPremises(organization, connector));
            central.stream().skip(1).forEach(connector -> onlyOne(central.get(0), connector));
            egress(organization);
        });
    }

    private static void leadsToOnPremises(OrganizationDraft organization, Draft<OutboundConnector> draft) {
        Section section = draft.section();
        if (organization.premises() == Premises.ON_PREMISES) {
            section.error(
                    ROUTE_ALL_MESSAGES_VIA_ON_PREMISES,
                    "is for premises cloud: this server is the side that it leads to",
                    "Remove it here, and write it in the cloud's connector to on-premises");
        }
        if (draft.value().useMXRecord() && section.isSound(USE_MX_RECORD)) {
            section.error(
                    ROUTE_ALL_MESSAGES_VIA_ON_PREMISES,
                    "would hand all mail to the MX hosts of its recipients, not to on-premises",
                    "Add <useMXRecord>false</useMXRecord> and <smartHosts>");
        }
        if (draft.value().isTransportRuleScoped() && section.isSound(IS_TRANSPORT_RULE_SCOPED)) {
            section.warning(
                    ROUTE_ALL_MESSAGES_VIA_ON_PREMISES,
                    "has no effect: only a rule selects the connector",
                    "Remove isTransportRuleScoped");
        }
    }

    private static void onlyOne(Draft<OutboundConnector> first, Draft<OutboundConnector> other) {
        other.section()
                .warning(
                        ROUTE_ALL_MESSAGES_VIA_ON_PREMISES,
                        "outboundConnector '" + first.value().name()
                                + "' takes all mail to on-premises too; the one with the lower cost, or else the first by name, "
                                + "is used",
                        "Write it in one connector, with several smartHosts if need be");
    }

    private static void egress(OrganizationDraft organization) {
        Section section = organization.hybrid().section();
        if (organization.hybrid().value().egress() != CentralizedTransportEgress.CLOUD) {
            return;
        }
        if (organization.premises() == Premises.CLOUD) {
            section.error(
                    CENTRALIZED_TRANSPORT_EGRESS,
                    "is for premises onPremises: the cloud hands to MX hosts whatever on-premises brings back",
                    "Remove it here, and write it on-premises");
            return;
        }
        boolean leadsBack = organization
                .hybrid()
                .value()
                .targetDeliveryDomain()
                .flatMap(domain -> organization.selection().select(domain, false))
                .isPresent();
        if (!leadsBack) {
            section.error(
                    CENTRALIZED_TRANSPORT_EGRESS,
                    "is cloud, but no connector leads back to it",
                    "Add <targetDeliveryDomain>, and an <outboundConnector> that serves it");
        }
        boolean cloudIsKnown = organization.inboundConnectors().stream()
                .map(Draft::value)
                .anyMatch(InboundConnector::cloudServicesMailEnabled);
        if (!cloudIsKnown) {
            section.warning(
                    CENTRALIZED_TRANSPORT_EGRESS,
                    "has no effect: no inboundConnector has cloudServicesMailEnabled, and so no mail is known to be the cloud's",
                    "Add <cloudServicesMailEnabled>true</cloudServicesMailEnabled> to the inboundConnector from the cloud");
        }
    }
}
