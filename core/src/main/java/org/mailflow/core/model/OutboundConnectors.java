package org.mailflow.core.model;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.address.DomainPattern;

/**
 * An organization's outbound connectors, and which of them serves a domain (decisions D1, D2, D3, D11). Disabled and
 * rule-scoped connectors are never selected by domain. A selection takes a look-up per label of the domain, however
 * many connectors there are.
 */
public final class OutboundConnectors {

    /** Which of two connectors that are equally specific comes first: lower cost, then name (D11). */
    public static final Comparator<OutboundConnector> BETWEEN_EQUALS =
            Comparator.comparingInt(OutboundConnector::cost).thenComparing(OutboundConnector::name);

    /** Why a connector was selected. */
    public enum Match {
        /** It names the domain. */
        EXACT_DOMAIN("names the domain"),
        /** It names a parent with sub-domains. */
        WILDCARD("has the longest wildcard that matches"),
        /** It serves all accepted domains. */
        ALL_ACCEPTED_DOMAINS("serves all accepted domains"),
        /** It serves everything. */
        ANY("serves every domain (*)");

        private final String reason;

        Match(String reason) {
            this.reason = reason;
        }

        /** The reason in words that follow the connector's name. */
        public String reason() {
            return reason;
        }
    }

    /**
     * A selected connector.
     *
     * @param connector the connector
     * @param match why it was selected
     */
    public record Selection(OutboundConnector connector, Match match) {}

    private final List<OutboundConnector> all;
    private final ConnectorSelectionOrder order;
    private final Map<String, Selection> exact = new HashMap<>();
    private final Map<String, Selection> wildcards = new HashMap<>();
    private final Optional<Selection> allAccepted;
    private final Optional<Selection> any;

    /** An index of these connectors. */
    public OutboundConnectors(List<OutboundConnector> connectors, ConnectorSelectionOrder order) {
        this.all = List.copyOf(connectors);
        this.order = order;
        List<OutboundConnector> selectable = all.stream()
                .filter(connector -> connector.enabled() && !connector.isTransportRuleScoped())
                .sorted(BETWEEN_EQUALS)
                .toList();
        allAccepted = selectable.stream()
                .filter(OutboundConnector::allAcceptedDomains)
                .findFirst()
                .map(connector -> new Selection(connector, Match.ALL_ACCEPTED_DOMAINS));
        any = selectable.stream()
                .filter(connector -> connector.recipientDomains().contains(new DomainPattern.Any()))
                .findFirst()
                .map(connector -> new Selection(connector, Match.ANY));
        selectable.forEach(this::index);
    }

    private void index(OutboundConnector connector) {
        for (DomainPattern pattern : connector.recipientDomains()) {
            if (pattern instanceof DomainPattern.Exact exactly) {
                exact.putIfAbsent(exactly.domain().value(), new Selection(connector, Match.EXACT_DOMAIN));
            } else if (pattern instanceof DomainPattern.WithSubDomains wildcard) {
                wildcards.putIfAbsent(wildcard.root().value(), new Selection(connector, Match.WILDCARD));
            }
        }
    }

    /** Every connector, as configured. */
    public List<OutboundConnector> all() {
        return all;
    }

    /** The connector of this name, whatever its scope; names compare without regard to case. */
    public Optional<OutboundConnector> named(String name) {
        return all.stream()
                .filter(connector -> connector.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /**
     * The connector that serves a domain.
     *
     * @param isAccepted whether it is an accepted domain of the organization
     * @return empty where none does
     */
    public Optional<Selection> select(DomainName domain, boolean isAccepted) {
        Selection exactly = exact.get(domain.value());
        if (exactly != null) {
            return Optional.of(exactly);
        }
        Optional<Selection> accepted = isAccepted ? allAccepted : Optional.empty();
        Optional<Selection> narrow = order == ConnectorSelectionOrder.SPECIFICITY
                ? wildcard(domain).or(() -> accepted)
                : accepted.or(() -> wildcard(domain));
        return narrow.or(() -> any);
    }

    private Optional<Selection> wildcard(DomainName domain) {
        if (wildcards.isEmpty()) {
            return Optional.empty();
        }
        Selection root = wildcards.get(domain.value());
        return root != null ? Optional.of(root) : DomainSuffixes.longest(domain, wildcards);
    }
}
