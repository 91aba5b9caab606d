package org.mailflow.core.config.checks;

import static org.mailflow.core.config.settings.OutboundConnectorSettings.ALL_ACCEPTED_DOMAINS;
import static org.mailflow.core.config.settings.OutboundConnectorSettings.COST;
import static org.mailflow.core.config.settings.OutboundConnectorSettings.RECIPIENT_DOMAINS;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mailflow.core.address.DomainPattern;
import org.mailflow.core.config.reading.Draft;
import org.mailflow.core.config.reading.MailflowDraft;
import org.mailflow.core.config.reading.OrganizationDraft;
import org.mailflow.core.config.reading.Section;
import org.mailflow.core.config.settings.Parameter;
import org.mailflow.core.model.OutboundConnector;
import org.mailflow.core.model.OutboundConnectors;

/** Which outbound connector is selected, where that may surprise. */
final class SelectionChecks {

    private SelectionChecks() {}

    static void run(MailflowDraft draft) {
        draft.organizations().forEach(organization -> {
            organization.outboundConnectors().forEach(connector -> union(connector.value(), connector.section()));
            equals(organization);
        });
    }

    /** Decision D3. */
    private static void union(OutboundConnector connector, Section section) {
        if (!connector.allAcceptedDomains() || connector.recipientDomains().isEmpty()) {
            return;
        }
        if (connector.recipientDomains().contains(new DomainPattern.Any())) {
            section.warning(
                    ALL_ACCEPTED_DOMAINS,
                    "adds nothing to recipientDomains *: the connector serves everything, the internet too",
                    "Remove * if only your own domains are meant");
        } else {
            section.warning(
                    ALL_ACCEPTED_DOMAINS,
                    "and recipientDomains add up: the connector serves all of your domains and those as well",
                    "Remove one of the two if that is not meant");
        }
    }

    /** Decision D11. */
    private static void equals(OrganizationDraft organization) {
        List<Draft<OutboundConnector>> selectable = organization.outboundConnectors().stream()
                .filter(connector -> connector.value().enabled()
                        && !connector.value().isTransportRuleScoped()
                        && connector.section().isSound(COST))
                .sorted((one, other) -> OutboundConnectors.BETWEEN_EQUALS.compare(one.value(), other.value()))
                .toList();
        Map<String, List<Section>> bySpecificity = new LinkedHashMap<>();
        for (Draft<OutboundConnector> connector : selectable) {
            Set<DomainPattern> patterns = new LinkedHashSet<>(connector.value().recipientDomains());
            patterns.forEach(pattern -> bySpecificity
                    .computeIfAbsent(pattern.toString(), key -> new ArrayList<>())
                    .add(connector.section()));
            if (connector.value().allAcceptedDomains()) {
                bySpecificity
                        .computeIfAbsent(ALL_ACCEPTED_DOMAINS.name(), key -> new ArrayList<>())
                        .add(connector.section());
            }
        }
        bySpecificity.forEach(SelectionChecks::equals);
    }

    private static void equals(String specificity, List<Section> connectors) {
        boolean allAccepted = specificity.equals(ALL_ACCEPTED_DOMAINS.name());
        Parameter<?> parameter = allAccepted ? ALL_ACCEPTED_DOMAINS : RECIPIENT_DOMAINS;
        connectors.stream()
                .skip(1)
                .forEach(connector -> connector.warning(
                        parameter,
                        connectors.get(0).title() + " serves " + (allAccepted ? "all accepted domains" : specificity)
                                + " too and wins, by lower cost or else by name",
                        "Leave it to one of the two, or set <cost>"));
    }
}
