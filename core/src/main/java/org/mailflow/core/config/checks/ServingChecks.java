package org.mailflow.core.config.checks;

import static org.mailflow.core.config.settings.OrganizationElements.MATCH_SUB_DOMAINS;
import static org.mailflow.core.config.settings.OrganizationElements.TARGET_DELIVERY_DOMAIN;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.config.Location;
import org.mailflow.core.config.reading.Draft;
import org.mailflow.core.config.reading.MailflowDraft;
import org.mailflow.core.config.reading.OrganizationDraft;
import org.mailflow.core.config.reading.RecipientFile;
import org.mailflow.core.model.AcceptedDomain;
import org.mailflow.core.model.AcceptedDomainType;
import org.mailflow.core.model.AcceptedDomains;
import org.mailflow.core.model.OutboundConnector;
import org.mailflow.core.model.OutboundConnectors;

/** Every domain that is accepted is served by something: a directory, or a connector. */
final class ServingChecks {

    private static final String SOME_SUB_DOMAIN = "any.";

    /** The connectors that may be selected, and those that are disabled. */
    private record Ways(OutboundConnectors connectors, List<OutboundConnector> disabled) {

        String disabledFor(DomainName domain) {
            return disabled.stream()
                    .filter(connector -> connector.allAcceptedDomains()
                            || connector.recipientDomains().stream().anyMatch(pattern -> pattern.matches(domain)))
                    .findFirst()
                    .map(OutboundConnector::name)
                    .map(name -> " (outbound connector '" + name + "' would, but is disabled)")
                    .orElse("");
        }
    }

    private ServingChecks() {}

    static void run(MailflowDraft draft) {
        draft.organizations().forEach(organization -> {
            Ways ways = new Ways(
                    organization.selection(),
                    organization.outboundConnectors().stream()
                            .map(Draft::value)
                            .filter(connector -> !connector.enabled())
                            .toList());
            acceptsSomething(organization);
            organization.acceptedDomains().forEach(domain -> served(organization, domain, ways));
            targetDeliveryDomain(organization, ways);
            recipientsAreOurs(organization);
        });
    }

    private static void acceptsSomething(OrganizationDraft organization) {
        if (organization.acceptedDomains().isEmpty()) {
            organization
                    .section()
                    .warning("has no accepted domain, and so receives no mail", "Add an <acceptedDomain>");
        }
    }

    private static void served(OrganizationDraft organization, Draft<AcceptedDomain> draft, Ways ways) {
        AcceptedDomain domain = draft.value();
        if (domain.type() == AcceptedDomainType.AUTHORITATIVE) {
            if (!organization.hasDirectory()) {
                draft.section()
                        .warning(
                                "is authoritative, but the organization has no recipients: all mail to it is refused",
                                "Add <recipients>, or write type=\"internalRelay\"");
            }
            return;
        }
        if (ways.connectors().select(domain.name(), true).isEmpty()) {
            draft.section()
                    .warning(
                            "no outbound connector serves it: " + fate(domain) + ways.disabledFor(domain.name()),
                            "Add an <outboundConnector> with recipientDomains " + domain.name());
        } else if (domain.matchSubDomains() && lacksSubDomains(domain, ways)) {
            draft.section()
                    .warning(
                            MATCH_SUB_DOMAINS,
                            "no outbound connector serves the sub-domains: " + fate(domain),
                            "Write *." + domain.name() + " in the recipientDomains of the connector");
        }
    }

    private static String fate(AcceptedDomain domain) {
        return domain.type() == AcceptedDomainType.INTERNAL_RELAY
                ? "mail to recipients that the directory does not know stays here"
                : "mail goes to the domain's MX hosts, which may be this server";
    }

    private static boolean lacksSubDomains(AcceptedDomain domain, Ways ways) {
        String subDomain = SOME_SUB_DOMAIN + domain.name();
        try {
            return ways.connectors().select(new DomainName(subDomain), true).isEmpty();
        } catch (IllegalArgumentException tooLong) {
            return false;
        }
    }

    private static void targetDeliveryDomain(OrganizationDraft organization, Ways ways) {
        Optional<DomainName> target = organization.hybrid().value().targetDeliveryDomain();
        target.filter(domain -> ways.connectors().select(domain, false).isEmpty())
                .filter(domain -> !accepts(organization, domain))
                .ifPresent(domain -> organization
                        .hybrid()
                        .section()
                        .warning(
                                TARGET_DELIVERY_DOMAIN,
                                "no outbound connector serves " + domain + ": mail to routing addresses stays here"
                                        + ways.disabledFor(domain),
                                "Add an <outboundConnector> with recipientDomains " + domain));
    }

    private static boolean accepts(OrganizationDraft organization, DomainName domain) {
        return index(organization).find(domain).isPresent();
    }

    private static AcceptedDomains<Draft<AcceptedDomain>> index(OrganizationDraft organization) {
        return new AcceptedDomains<>(organization.acceptedDomains(), Draft::value);
    }

    private static void recipientsAreOurs(OrganizationDraft organization) {
        AcceptedDomains<Draft<AcceptedDomain>> accepted = index(organization);
        Set<String> files = new HashSet<>();
        for (RecipientFile file : organization.recipientFiles()) {
            if (!files.add(file.name())) {
                continue;
            }
            file.primaryDomains().forEach((domain, line) -> {
                if (accepted.find(domain).isEmpty()) {
                    organization
                            .section()
                            .warningIn(
                                    new Location(file.name(), line, 1),
                                    "primaryAddress",
                                    domain + " is no accepted domain of " + organization.name()
                                            + ": nothing finds this recipient by its primary address",
                                    "Correct the address, or add an <acceptedDomain name=\"" + domain + "\">");
                }
            });
        }
    }
}
