package org.mailflow.core.config.checks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.address.DomainPattern;
import org.mailflow.core.config.reading.Draft;
import org.mailflow.core.config.reading.MailflowDraft;
import org.mailflow.core.config.reading.OrganizationDraft;
import org.mailflow.core.ip.IpSet;
import org.mailflow.core.model.ConnectorType;
import org.mailflow.core.model.InboundConnector;
import org.mailflow.core.tls.CertificateDemand;

/** Two connectors of one organization may identify the same servers, but nothing tells then which of them applies. */
final class SameEvidenceChecks {

    private record Evidence(
            CertificateDemand certificate,
            IpSet addresses,
            Set<DomainPattern> senderDomains,
            Set<DomainName> acceptedDomains) {

        static Evidence of(InboundConnector connector) {
            return new Evidence(
                    connector.senderCertificate(),
                    connector.senderIPAddresses(),
                    Set.copyOf(connector.senderDomains()),
                    Set.copyOf(connector.associatedAcceptedDomains()));
        }

        boolean isAny() {
            return !certificate.isEmpty() || !addresses.isEmpty();
        }
    }

    private SameEvidenceChecks() {}

    static void run(MailflowDraft draft) {
        draft.organizations().forEach(SameEvidenceChecks::run);
    }

    private static void run(OrganizationDraft organization) {
        Map<Evidence, Draft<InboundConnector>> first = new HashMap<>();
        List<Draft<InboundConnector>> own = organization.inboundConnectors().stream()
                .filter(connector -> connector.value().connectorType() == ConnectorType.ON_PREMISES
                        && connector.value().enabled())
                .toList();
        for (Draft<InboundConnector> connector : own) {
            Evidence evidence = Evidence.of(connector.value());
            Draft<InboundConnector> before = evidence.isAny() ? first.putIfAbsent(evidence, connector) : null;
            if (before != null) {
                connector
                        .section()
                        .warning(
                                "identifies the same servers as "
                                        + before.section().title() + ", which goes before it, and so has no effect",
                                "Remove one of them, or tell them apart by senderDomains, addresses or certificate");
            }
        }
    }
}
