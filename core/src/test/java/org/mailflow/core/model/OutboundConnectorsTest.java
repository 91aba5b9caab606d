package org.mailflow.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailflow.core.model.ConnectorSelectionOrder.DOCUMENTED_ORDER;
import static org.mailflow.core.model.ConnectorSelectionOrder.SPECIFICITY;
import static org.mailflow.core.model.Connectors.connector;
import static org.mailflow.core.model.Connectors.serving;
import static org.mailflow.core.model.Connectors.servingAllAccepted;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.address.DomainPattern;

class OutboundConnectorsTest {

    private static final List<OutboundConnector> WORKED_EXAMPLE = List.of(
            servingAllAccepted("Connector 1"),
            serving("Connector 2", "contoso.com"),
            serving("Connector 3", "*.contoso.com"));
    private static final Set<String> ACCEPTED =
            Set.of("contoso.com", "sales.contoso.com", "fabrikam.com", "contoso.onmicrosoft.com");

    @ParameterizedTest
    @CsvSource({
        "fabrikam.com, Connector 1",
        "contoso.com, Connector 2",
        "sales.contoso.com, Connector 3",
        "contoso.onmicrosoft.com, Connector 1",
        "cpandl.com,"
    })
    void selectsTheMostSpecificConnectorOfTheDocumentedExample(String domain, String expected) {
        OutboundConnectors connectors = new OutboundConnectors(WORKED_EXAMPLE, SPECIFICITY);

        assertThat(select(connectors, domain)).isEqualTo(Optional.ofNullable(expected));
    }

    @ParameterizedTest
    @CsvSource({"fabrikam.com, Connector 1", "contoso.com, Connector 2", "sales.contoso.com, Connector 1"})
    void prefersAllAcceptedDomainsToAWildcardInTheDocumentedOrder(String domain, String expected) {
        OutboundConnectors connectors = new OutboundConnectors(WORKED_EXAMPLE, DOCUMENTED_ORDER);

        assertThat(select(connectors, domain)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "sales.contoso.com,   0,    Exact small",
        "sales.contoso.com,   1000, Exact small",
        "sales.contoso.com,   1001, Exact large",
        "sales.contoso.com,   2001, Wildcard small",
        "sales.contoso.com,   3001, Everything",
        "a.sales.contoso.com, 3000, Wildcard small",
        "a.sales.contoso.com, 3001, Everything",
        "contoso.com,         4001,"
    })
    void passesConnectorsByThatAreForSmallerMailHoweverSpecific(String domain, long size, String expected) {
        OutboundConnectors connectors = new OutboundConnectors(
                List.of(
                        serving("Exact small", "sales.contoso.com").upTo(1000),
                        connector("Exact large", false, 2, true, false, "sales.contoso.com")
                                .upTo(2000),
                        serving("Wildcard small", "*.contoso.com").upTo(3000),
                        serving("Everything", "*").upTo(4000)),
                SPECIFICITY);

        assertThat(connectors
                        .select(DomainName.parse(domain), false, size)
                        .map(selection -> selection.connector().name()))
                .isEqualTo(Optional.ofNullable(expected));
        assertThat(connectors.limit(size)).isEqualTo(size > 1000);
    }

    @Test
    void wildcardServesTheDomainItselfAndEverySubDomain() {
        OutboundConnectors connectors =
                new OutboundConnectors(List.of(serving("Wildcard", "*.contoso.com")), SPECIFICITY);

        assertThat(select(connectors, "contoso.com")).contains("Wildcard");
        assertThat(select(connectors, "a.b.contoso.com")).contains("Wildcard");
        assertThat(select(connectors, "notcontoso.com")).isEmpty();
        assertThat(select(connectors, "com")).isEmpty();
    }

    @Test
    void longestWildcardWins() {
        OutboundConnectors connectors = new OutboundConnectors(
                List.of(serving("Short", "*.contoso.com"), serving("Long", "*.sales.contoso.com")), SPECIFICITY);

        assertThat(select(connectors, "japan.sales.contoso.com")).contains("Long");
        assertThat(select(connectors, "hr.contoso.com")).contains("Short");
    }

    @Test
    void lowerCostThenNameDecidesBetweenEquals() {
        OutboundConnectors byCost = new OutboundConnectors(
                List.of(
                        connector("A", false, 2, true, false, "contoso.com"),
                        connector("B", false, 1, true, false, "contoso.com")),
                SPECIFICITY);
        OutboundConnectors byName = new OutboundConnectors(
                List.of(serving("Zeta", "contoso.com"), serving("Alpha", "contoso.com")), SPECIFICITY);

        assertThat(select(byCost, "contoso.com")).contains("B");
        assertThat(select(byName, "contoso.com")).contains("Alpha");
    }

    @Test
    void neverSelectsADisabledOrRuleScopedConnectorByDomain() {
        OutboundConnectors connectors = new OutboundConnectors(
                List.of(
                        connector("Disabled", false, 1, false, false, "contoso.com"),
                        connector("Rule scoped", true, 1, true, true, "contoso.com", "*")),
                SPECIFICITY);

        assertThat(select(connectors, "contoso.com")).isEmpty();
        assertThat(connectors.named("rule SCOPED")).isPresent();
    }

    @Test
    void allAcceptedDomainsWithAsteriskServesEverything() {
        OutboundConnectors connectors = new OutboundConnectors(List.of(servingAllAccepted("Union", "*")), SPECIFICITY);

        assertThat(select(connectors, "contoso.com")).contains("Union");
        assertThat(select(connectors, "cpandl.com")).contains("Union");
    }

    /** 10,000 random sets of connectors, each asked for some domains, against a search that tries them all. */
    @Test
    void agreesWithANaiveSearchOverRandomConnectors() {
        Random random = new Random(20_261_123);
        for (int set = 0; set < 10_000; set++) {
            List<OutboundConnector> all = randomConnectors(random);
            ConnectorSelectionOrder order = random.nextBoolean() ? SPECIFICITY : DOCUMENTED_ORDER;
            OutboundConnectors connectors = new OutboundConnectors(all, order);
            for (int question = 0; question < 8; question++) {
                DomainName domain = DomainName.parse(randomDomain(random));
                boolean accepted = random.nextBoolean();

                Optional<String> selected = connectors
                        .select(domain, accepted)
                        .map(selection -> selection.connector().name());

                assertThat(selected)
                        .as("%s of %s in %s, accepted %s", domain, all, order, accepted)
                        .isEqualTo(naively(all, order, domain, accepted));
            }
        }
    }

    private static Optional<String> naively(
            List<OutboundConnector> all, ConnectorSelectionOrder order, DomainName domain, boolean accepted) {
        return all.stream()
                .filter(connector -> connector.enabled() && !connector.isTransportRuleScoped())
                .filter(connector -> rank(connector, order, domain, accepted) > 0)
                .min(Comparator.<OutboundConnector>comparingInt(connector -> -rank(connector, order, domain, accepted))
                        .thenComparing(OutboundConnector::cost)
                        .thenComparing(OutboundConnector::name))
                .map(OutboundConnector::name);
    }

    /** Any 1, all accepted 2 or 1000, a wildcard 3 and its length, an exact domain 10,000; 0 for no match. */
    private static int rank(
            OutboundConnector connector, ConnectorSelectionOrder order, DomainName domain, boolean accepted) {
        int best = accepted && connector.allAcceptedDomains() ? (order == SPECIFICITY ? 2 : 1_000) : 0;
        for (DomainPattern pattern : connector.recipientDomains()) {
            String text = pattern.toString();
            String name = domain.value();
            if (text.equals("*")) {
                best = Math.max(best, 1);
            } else if (text.equals(name)) {
                best = Math.max(best, 10_000);
            } else if (text.startsWith("*.") && (name.equals(text.substring(2)) || name.endsWith(text.substring(1)))) {
                best = Math.max(best, 3 + text.length());
            }
        }
        return best;
    }

    private static List<OutboundConnector> randomConnectors(Random random) {
        List<OutboundConnector> connectors = new ArrayList<>();
        int count = random.nextInt(7);
        for (int i = 0; i < count; i++) {
            String[] patterns = new String[random.nextInt(3)];
            for (int j = 0; j < patterns.length; j++) {
                String domain = randomDomain(random);
                patterns[j] = switch (random.nextInt(5)) {
                    case 0 -> "*";
                    case 1, 2 -> "*." + domain;
                    default -> domain;
                };
            }
            connectors.add(connector(
                    "C" + i,
                    random.nextInt(3) == 0,
                    1 + random.nextInt(2),
                    random.nextInt(5) != 0,
                    random.nextInt(6) == 0,
                    patterns));
        }
        return connectors;
    }

    private static String randomDomain(Random random) {
        String[] labels = {"a", "b", "sales"};
        StringBuilder domain = new StringBuilder(random.nextBoolean() ? "contoso.com" : "ontoso.com");
        for (int depth = random.nextInt(4); depth > 0; depth--) {
            domain.insert(0, labels[random.nextInt(labels.length)] + ".");
        }
        return domain.toString();
    }

    private static Optional<String> select(OutboundConnectors connectors, String domain) {
        return connectors
                .select(DomainName.parse(domain), ACCEPTED.contains(domain))
                .map(selection -> selection.connector().name());
    }
}
