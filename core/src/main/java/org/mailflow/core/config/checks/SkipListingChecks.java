package org.mailflow.core.config.checks;

import static org.mailflow.core.config.settings.InboundConnectorSettings.CONNECTOR_TYPE;
import static org.mailflow.core.config.settings.InboundConnectorSettings.EF_SKIP_IPS;
import static org.mailflow.core.config.settings.InboundConnectorSettings.EF_SKIP_LAST_IP;
import static org.mailflow.core.config.settings.InboundConnectorSettings.EF_USERS;
import static org.mailflow.core.config.settings.InboundConnectorSettings.RESTRICT_DOMAINS_TO_CERTIFICATE;
import static org.mailflow.core.config.settings.InboundConnectorSettings.RESTRICT_DOMAINS_TO_IP_ADDRESSES;

import java.util.List;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.config.reading.OrganizationDraft;
import org.mailflow.core.config.reading.Section;
import org.mailflow.core.config.settings.Parameter;
import org.mailflow.core.ip.IpPrefix;
import org.mailflow.core.ip.PrivateNetworks;
import org.mailflow.core.model.AcceptedDomain;
import org.mailflow.core.model.ConnectorType;
import org.mailflow.core.model.InboundConnector;
import org.mailflow.core.model.SkipListing;

/** Enhanced filtering believes only servers that the connector proves, and says in one way which. */
final class SkipListingChecks {

    private SkipListingChecks() {}

    static void run(InboundConnector connector, Section section, OrganizationDraft organization) {
        SkipListing skipListing = connector.skipListing();
        if (skipListing.skipLastIP() && section.has(EF_SKIP_IPS)) {
            section.error(
                    EF_SKIP_LAST_IP,
                    "excludes efSkipIPs",
                    "Keep efSkipIPs if there are several servers in front of this one, efSkipLastIP if there is one");
        }
        if (section.has(EF_USERS) && !skipListing.isOn() && section.isSound(EF_SKIP_IPS)) {
            section.error(EF_USERS, "has nothing to limit", "Add <efSkipLastIP> or <efSkipIPs>, or remove it");
        }
        provesTheServer(connector, section);
        skipIps(section);
        usersAreOurs(section, organization);
    }

    private static void provesTheServer(InboundConnector connector, Section section) {
        boolean partner = section.isSound(CONNECTOR_TYPE) && connector.connectorType() == ConnectorType.PARTNER;
        boolean sound =
                section.isSound(RESTRICT_DOMAINS_TO_IP_ADDRESSES) && section.isSound(RESTRICT_DOMAINS_TO_CERTIFICATE);
        boolean proves = connector.restrictDomainsToIPAddresses() || connector.restrictDomainsToCertificate();
        if (partner && sound && !proves && connector.skipListing().isOn()) {
            Parameter<?> written = connector.skipListing().skipLastIP() ? EF_SKIP_LAST_IP : EF_SKIP_IPS;
            section.error(
                    written,
                    "needs a restriction: without one anybody could write the Received headers that are believed",
                    "Set restrictDomainsToCertificate or restrictDomainsToIPAddresses to true");
        }
    }

    private static void skipIps(Section section) {
        for (Section.Item<List<IpPrefix>> item : section.items(EF_SKIP_IPS)) {
            for (IpPrefix prefix : item.value()) {
                if (PrivateNetworks.contain(prefix)) {
                    section.warning(EF_SKIP_IPS, prefix + " is private, and looked past anyway", "Remove it");
                } else if (WideNetworks.isWide(prefix)) {
                    section.error(
                            EF_SKIP_IPS,
                            item.location(),
                            prefix + " is a very wide network, and everybody in it could choose his own source",
                            "Write the addresses of the servers in front of this one");
                }
            }
        }
    }

    private static void usersAreOurs(Section section, OrganizationDraft organization) {
        for (Section.Item<EmailAddress> user : section.items(EF_USERS)) {
            boolean ours = organization.acceptedDomains().stream()
                            .anyMatch(accepted ->
                                    covers(accepted.value(), user.value().domain()))
                    || organization
                            .hybrid()
                            .value()
                            .targetDeliveryDomain()
                            .filter(user.value().domain()::equals)
                            .isPresent();
            if (!ours) {
                section.warning(
                        EF_USERS,
                        user.value() + " is in no accepted domain of " + organization.name(),
                        "Correct it, or remove it");
            }
        }
    }

    private static boolean covers(AcceptedDomain accepted, DomainName domain) {
        return accepted.name().equals(domain)
                || (accepted.matchSubDomains()
                        && domain.value().endsWith("." + accepted.name().value()));
    }
}
