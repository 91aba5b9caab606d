package org.mailflow.core.config.checks;

import static org.mailflow.core.config.settings.OrganizationElements.MAX_HOP_COUNT;
import static org.mailflow.core.config.settings.OutboundConnectorSettings.SMART_HOSTS;

import org.mailflow.core.config.reading.Draft;
import org.mailflow.core.config.reading.MailflowDraft;
import org.mailflow.core.config.reading.OrganizationDraft;
import org.mailflow.core.model.ConnectorType;
import org.mailflow.core.model.OutboundConnector;
import org.mailflow.core.model.Premises;
import org.mailflow.core.model.SmartHost;

/** Mail that surely comes back to this server, as far as one side alone can tell: to end as a loop, or to be taken for one. */
final class ReturningMailChecks {

    private static final int SMTP = 25;

    /** Centralized mail transport brings a mail back after the sender's server, this one and on-premises. */
    private static final int HOPS_OF_CENTRALIZED_TRANSPORT = 3;

    private ReturningMailChecks() {}

    static void run(MailflowDraft draft) {
        String fqdn = draft.server().settings().fqdn();
        draft.organizations().forEach(organization -> {
            organization.outboundConnectors().forEach(connector -> leadsElsewhere(fqdn, connector));
            hopsSuffice(organization);
        });
    }

    private static void leadsElsewhere(String fqdn, Draft<OutboundConnector> connector) {
        if (connector.value().useMXRecord()) {
            return;
        }
        connector.value().smartHosts().stream()
                .filter(host -> isHere(fqdn, host, connector.value().port()))
                .findFirst()
                .ifPresent(host -> connector
                        .section()
                        .warning(
                                SMART_HOSTS,
                                host + " is this server, as fqdn says: its mail comes back, and ends as a loop",
                                "Write the host of the other side, or the port of the other server on this machine"));
    }

    private static boolean isHere(String fqdn, SmartHost host, int port) {
        return host instanceof SmartHost.Named named
                && named.name().value().equalsIgnoreCase(fqdn)
                && named.port().orElse(port) == SMTP;
    }

    private static void hopsSuffice(OrganizationDraft organization) {
        boolean centralized = organization.premises() == Premises.CLOUD
                && organization.outboundConnectors().stream()
                        .map(Draft::value)
                        .anyMatch(connector -> connector.enabled()
                                && connector.routeAllMessagesViaOnPremises()
                                && connector.connectorType() == ConnectorType.ON_PREMISES);
        if (centralized
                && organization.maxHopCount().orElse(HOPS_OF_CENTRALIZED_TRANSPORT) < HOPS_OF_CENTRALIZED_TRANSPORT) {
            organization
                    .section()
                    .warning(
                            MAX_HOP_COUNT,
                            "takes mail of the internet for a loop when on-premises brings it back: by then it took "
                                    + HOPS_OF_CENTRALIZED_TRANSPORT + " hops",
                            "Leave it out: 20 hops are usual in the cloud");
        }
    }
}
