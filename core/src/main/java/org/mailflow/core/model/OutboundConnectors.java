package org.mailflow.core.model;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ListMultimap;
import java.util.ArrayList;
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
    private final ListMultimap<String, Selection> exact = ArrayListMultimap.create();
    private final Map<String, List<Selection>> wildcards = new HashMap<>();
    private final List<Selection> allAccepted = new ArrayList<>();
    private final List<Selection> any = new ArrayList<>();
    private final long smallestLimit;

    /** An index of these connectors. */
    public OutboundConnectors(List<OutboundConnector> connectors, ConnectorSelectionOrder order) {
        this.all = List.copyOf(connectors);
        this.order = order;
        List<OutboundConnector> selectable = all.stream()
                .filter(connector -> connector.enabled() && !connector.isTransportRuleScoped())
                .sorted(BETWEEN_EQUALS)
                .toList();
        selectable.forEach(this::index);
        smallestLimit = selectable.stream()
                .flatMap(connector -> connector.maxMessageSize().stream())
                .min(Comparator.naturalOrder())
                .orElse(Long.MAX_VALUE);
    }

    private void index(OutboundConnector connector) {
        if (connector.allAcceptedDomains()) {
            allAccepted.add(new Selection(connector, Match.ALL_ACCEPTED_DOMAINS));
        }
        for (DomainPattern pattern : connector.recipientDomains()) {
            if (pattern instanceof DomainPattern.Exact exactly) {
                exact.put(exactly.domain().value(), new Selection(connector, Match.EXACT_DOMAIN));
            } else if (pattern instanceof DomainPattern.WithSubDomains wildcard) {
                wildcards
                        .computeIfAbsent(wildcard.root().value(), key -> new ArrayList<>())
                        .add(new Selection(connector, Match.WILDCARD));
            } else {
                any.add(new Selection(connector, Match.ANY));
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
     * The connector that serves a domain, for mail that none of them is too small for.
     *
     * @param isAccepted whether it is an accepted domain of the organization
     * @return empty where none does
     */
    public Optional<Selection> select(DomainName domain, boolean isAccepted) {
        return select(domain, isAccepted, 0);
    }

    /**
     * The connector that serves a domain. Those whose maxMessageSize is smaller than the mail do not take part, however
     * specific they are.
     *
     * @param isAccepted whether it is an accepted domain of the organization
     * @param size of the mail, in bytes; 0 where nobody knows
     * @return empty where none does
     */
    public Optional<Selection> select(DomainName domain, boolean isAccepted, long size) {
        Optional<Selection> exactly = fitting(exact.get(domain.value()), size);
        if (exactly.isPresent()) {
            return exactly;
        }
        Optional<Selection> accepted = isAccepted ? fitting(allAccepted, size) : Optional.empty();
        Optional<Selection> narrow = order == ConnectorSelectionOrder.SPECIFICITY
                ? wildcard(domain, size).or(() -> accepted)
                : accepted.or(() -> wildcard(domain, size));
        return narrow.or(() -> fitting(any, size));
    }

    /** Whether a mail of so many bytes is too large for any of those that may be selected. */
    public boolean limit(long size) {
        return size > smallestLimit;
    }

    private Optional<Selection> wildcard(DomainName domain, long size) {
        if (wildcards.isEmpty()) {
            return Optional.empty();
        }
        return fitting(wildcards.getOrDefault(domain.value(), List.of()), size)
                .or(() -> DomainSuffixes.longest(
                        domain, parent -> fitting(wildcards.getOrDefault(parent, List.of()), size)));
    }

    /** The first in order that takes a mail of this size. */
    private static Optional<Selection> fitting(List<Selection> selections, long size) {
        for (Selection selection : selections) {
            if (selection.connector().takes(size)) {
                return Optional.of(selection);
            }
        }
        return Optional.empty();
    }
}
