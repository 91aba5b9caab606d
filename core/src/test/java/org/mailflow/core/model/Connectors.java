package org.mailflow.core.model;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mailflow.core.address.DomainPattern;
import org.mailflow.core.config.Location;

/** Outbound connectors for tests that are about selection alone. */
final class Connectors {

    static final Location ANYWHERE = new Location("mailflow.xml", 1, 1);

    private Connectors() {}

    static OutboundConnector serving(String name, String... recipientDomains) {
        return connector(name, false, 1, true, false, recipientDomains);
    }

    static OutboundConnector servingAllAccepted(String name, String... recipientDomains) {
        return connector(name, true, 1, true, false, recipientDomains);
    }

    static OutboundConnector connector(
            String name,
            boolean allAcceptedDomains,
            int cost,
            boolean enabled,
            boolean ruleScoped,
            String... recipientDomains) {
        return new OutboundConnector(
                name,
                ConnectorType.ON_PREMISES,
                enabled,
                Arrays.stream(recipientDomains).map(DomainPattern::parse).toList(),
                allAcceptedDomains,
                true,
                List.of(),
                25,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ruleScoped,
                false,
                false,
                false,
                cost,
                new RetrySchedule(List.of(Duration.ofMinutes(1)), Duration.ofDays(1)),
                List.of(),
                "",
                ANYWHERE);
    }
}
