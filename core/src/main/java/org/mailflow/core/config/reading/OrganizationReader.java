package org.mailflow.core.config.reading;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.mailflow.core.config.settings.InboundConnectorSettings;
import org.mailflow.core.config.settings.OrganizationElements;
import org.mailflow.core.config.settings.OutboundConnectorSettings;
import org.mailflow.core.model.AcceptedDomain;
import org.mailflow.core.model.AcceptedDomainType;
import org.mailflow.core.model.CentralizedTransportEgress;
import org.mailflow.core.model.ConnectorSelectionOrder;
import org.mailflow.core.model.Hybrid;
import org.mailflow.core.model.Premises;
import org.mailflow.core.model.RetryDefaults;

/** Reads the element {@code organization}. */
final class OrganizationReader {

    private final RecipientsReader recipientsReader;
    private final InboundConnectorReader inboundConnectorReader;
    private final OutboundConnectorReader outboundConnectorReader;
    private final RetryDefaults retryDefaults;

    /**
     * Reads with these means.
     *
     * @param trusted authorities at which directory servers' certificates may end
     * @param retryDefaults for connectors that say nothing of their own
     */
    OrganizationReader(Reading reading, Set<X509Certificate> trusted, RetryDefaults retryDefaults) {
        this.recipientsReader = new RecipientsReader(reading, trusted);
        this.inboundConnectorReader = new InboundConnectorReader(reading);
        this.outboundConnectorReader = new OutboundConnectorReader(reading);
        this.retryDefaults = retryDefaults;
    }

    OrganizationDraft read(Section section) {
        Premises premises = section.one(OrganizationElements.PREMISES, Premises.ON_PREMISES);
        String name = section.one(OrganizationElements.NAME, "");
        Optional<Section> recipients = section.child(OrganizationElements.RECIPIENTS);
        return new OrganizationDraft(
                section,
                name,
                premises,
                section.children(OrganizationElements.ACCEPTED_DOMAIN).stream()
                        .flatMap(domain -> acceptedDomain(domain).stream())
                        .toList(),
                recipients.isPresent(),
                recipients.map(sources -> recipientsReader.read(name, sources)).orElse(List.of()),
                section.children(InboundConnectorSettings.ELEMENT).stream()
                        .map(inboundConnectorReader::read)
                        .toList(),
                section.children(OutboundConnectorSettings.ELEMENT).stream()
                        .map(connector -> outboundConnectorReader.read(connector, retryDefaults.on(premises)))
                        .toList(),
                section.child(OrganizationElements.HYBRID)
                        .map(OrganizationReader::hybrid)
                        .orElseGet(() -> new Draft<>(new Hybrid(Optional.empty(), section.location()), section)),
                section.one(OrganizationElements.CONNECTOR_SELECTION, ConnectorSelectionOrder.SPECIFICITY),
                section.one(OrganizationElements.REJECT_DIRECT_SEND, false),
                section.one(OrganizationElements.SENDER_REWRITING, premises == Premises.CLOUD),
                section.one(OrganizationElements.MAX_HOP_COUNT)
                        .map(OptionalInt::of)
                        .orElse(OptionalInt.empty()));
    }

    private static Optional<Draft<AcceptedDomain>> acceptedDomain(Section section) {
        AcceptedDomainType type = section.one(OrganizationElements.DOMAIN_TYPE, AcceptedDomainType.AUTHORITATIVE);
        boolean matchSubDomains = section.one(OrganizationElements.MATCH_SUB_DOMAINS, false);
        return section.one(OrganizationElements.DOMAIN_NAME)
                .map(name -> new Draft<>(new AcceptedDomain(name, type, matchSubDomains, section.location()), section));
    }

    private static Draft<Hybrid> hybrid(Section section) {
        return new Draft<>(
                new Hybrid(
                        section.one(OrganizationElements.TARGET_DELIVERY_DOMAIN),
                        section.one(
                                OrganizationElements.CENTRALIZED_TRANSPORT_EGRESS,
                                CentralizedTransportEgress.ON_PREMISES),
                        section.location()),
                section);
    }
}
