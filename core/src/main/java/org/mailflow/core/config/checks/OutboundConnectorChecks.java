package org.mailflow.core.config.checks;

import static org.mailflow.core.config.settings.OutboundConnectorSettings.ALL_ACCEPTED_DOMAINS;
import static org.mailflow.core.config.settings.OutboundConnectorSettings.CLOUD_SERVICES_MAIL_ENABLED;
import static org.mailflow.core.config.settings.OutboundConnectorSettings.CONNECTOR_TYPE;
import static org.mailflow.core.config.settings.OutboundConnectorSettings.IS_TRANSPORT_RULE_SCOPED;
import static org.mailflow.core.config.settings.OutboundConnectorSettings.MESSAGE_EXPIRATION_TIMEOUT;
import static org.mailflow.core.config.settings.OutboundConnectorSettings.RECIPIENT_DOMAINS;
import static org.mailflow.core.config.settings.OutboundConnectorSettings.RETRY_INTERVALS;
import static org.mailflow.core.config.settings.OutboundConnectorSettings.ROUTE_ALL_MESSAGES_VIA_ON_PREMISES;
import static org.mailflow.core.config.settings.OutboundConnectorSettings.SENDER_REWRITING_ENABLED;
import static org.mailflow.core.config.settings.OutboundConnectorSettings.SMART_HOSTS;
import static org.mailflow.core.config.settings.OutboundConnectorSettings.TLS_CERTIFICATE_NAME;
import static org.mailflow.core.config.settings.OutboundConnectorSettings.TLS_DOMAIN;
import static org.mailflow.core.config.settings.OutboundConnectorSettings.TLS_SETTINGS;
import static org.mailflow.core.config.settings.OutboundConnectorSettings.USE_MX_RECORD;
import static org.mailflow.core.config.settings.OutboundConnectorSettings.VALIDATION_RECIPIENTS;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.config.reading.MailflowDraft;
import org.mailflow.core.config.reading.OrganizationDraft;
import org.mailflow.core.config.reading.Section;
import org.mailflow.core.config.settings.Parameter;
import org.mailflow.core.model.ConnectorType;
import org.mailflow.core.model.OutboundConnector;
import org.mailflow.core.model.TlsSettings;

/** What must hold in an outbound connector. */
final class OutboundConnectorChecks {

    private static final List<BiConsumer<OutboundConnector, Section>> ALL = List.of(
            OutboundConnectorChecks::smartHostsOrMx,
            OutboundConnectorChecks::tlsDomainIsJudged,
            OutboundConnectorChecks::smartHostHasTlsDomain,
            OutboundConnectorChecks::ownServersOnly,
            OutboundConnectorChecks::selectsSomething,
            OutboundConnectorChecks::ruleScopedSelectsNoDomain,
            OutboundConnectorChecks::otherPremisesAreProven,
            OutboundConnectorChecks::triesAgain);

    private OutboundConnectorChecks() {}

    static void run(MailflowDraft draft) {
        Set<String> certificates = draft.server().certificateNames().stream()
                .map(name -> name.value().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        draft.organizations()
                .forEach(organization -> organization.outboundConnectors().forEach(connector -> {
                    ALL.forEach(check -> check.accept(connector.value(), connector.section()));
                    certificateExists(connector.value(), connector.section(), certificates);
                    sendersAreRewritten(organization, connector.value(), connector.section());
                    validationRecipientsAreServed(organization, connector.value(), connector.section());
                }));
    }

    private static void smartHostsOrMx(OutboundConnector connector, Section section) {
        if (!section.isSound(USE_MX_RECORD)) {
            return;
        }
        if (!connector.useMXRecord() && !section.has(SMART_HOSTS)) {
            section.error(USE_MX_RECORD, "is false, but there are no smartHosts", "Add <smartHosts>");
        }
        if (connector.useMXRecord() && section.has(SMART_HOSTS)) {
            section.error(
                    SMART_HOSTS,
                    "are not used while useMXRecord is true, which it is by default",
                    "Add <useMXRecord>false</useMXRecord>, or remove them");
        }
    }

    private static void tlsDomainIsJudged(OutboundConnector connector, Section section) {
        boolean judged = connector.tlsSettings().equals(Optional.of(TlsSettings.DOMAIN_VALIDATION));
        if (section.has(TLS_DOMAIN) && section.isSound(TLS_SETTINGS) && !judged) {
            section.error(
                    TLS_DOMAIN,
                    "is not looked at without tlsSettings domainValidation",
                    "Add <tlsSettings>domainValidation</tlsSettings>, or remove it");
        }
    }

    private static void smartHostHasTlsDomain(OutboundConnector connector, Section section) {
        boolean judged = connector.tlsSettings().equals(Optional.of(TlsSettings.DOMAIN_VALIDATION));
        if (judged && section.has(SMART_HOSTS) && !section.has(TLS_DOMAIN)) {
            section.error(
                    TLS_SETTINGS,
                    "is domainValidation, but with smartHosts no domain is given to validate",
                    "Add <tlsDomain>: the name in the smart hosts' certificate");
        }
    }

    private static void ownServersOnly(OutboundConnector connector, Section section) {
        if (!section.isSound(CONNECTOR_TYPE) || connector.connectorType() != ConnectorType.PARTNER) {
            return;
        }
        if (connector.allAcceptedDomains()) {
            notForPartners(section, ALL_ACCEPTED_DOMAINS);
        }
        if (connector.routeAllMessagesViaOnPremises()) {
            notForPartners(section, ROUTE_ALL_MESSAGES_VIA_ON_PREMISES);
        }
        if (connector.senderRewritingEnabled()) {
            notForPartners(section, SENDER_REWRITING_ENABLED);
        }
        if (connector.cloudServicesMailEnabled()) {
            section.warning(
                    CLOUD_SERVICES_MAIL_ENABLED,
                    "tells a partner what this server knows of a mail",
                    "Remove it, unless the partner's service hands the mail back to you");
        }
    }

    private static void notForPartners(Section section, Parameter<Boolean> parameter) {
        section.error(
                parameter,
                "is for onPremises only",
                "Remove it, or set connectorType to onPremises if the servers are your own");
    }

    private static void selectsSomething(OutboundConnector connector, Section section) {
        boolean selected =
                section.has(RECIPIENT_DOMAINS) || connector.allAcceptedDomains() || connector.isTransportRuleScoped();
        if (!selected && section.isSound(ALL_ACCEPTED_DOMAINS) && section.isSound(IS_TRANSPORT_RULE_SCOPED)) {
            section.error(
                    RECIPIENT_DOMAINS,
                    "is missing, and so nothing ever selects the connector",
                    "Add <recipientDomains>, or <isTransportRuleScoped>true</isTransportRuleScoped> for rules to select it");
        }
    }

    private static void ruleScopedSelectsNoDomain(OutboundConnector connector, Section section) {
        if (connector.isTransportRuleScoped() && (section.has(RECIPIENT_DOMAINS) || connector.allAcceptedDomains())) {
            section.warning(
                    IS_TRANSPORT_RULE_SCOPED,
                    "is true: only a rule selects the connector, never the domains that it names",
                    "Remove the domains, or isTransportRuleScoped");
        }
    }

    private static void otherPremisesAreProven(OutboundConnector connector, Section section) {
        if (!connector.cloudServicesMailEnabled()) {
            return;
        }
        boolean authenticates = connector
                .tlsSettings()
                .filter(tls -> tls != TlsSettings.ENCRYPTION_ONLY)
                .isPresent();
        if (section.isSound(TLS_SETTINGS) && !authenticates) {
            section.warning(
                    CLOUD_SERVICES_MAIL_ENABLED,
                    "tells what this server knows of a mail to a next hop that does not prove who it is",
                    "Add <tlsSettings>domainValidation</tlsSettings> and <tlsDomain>");
        }
        if (!section.has(TLS_CERTIFICATE_NAME)) {
            section.warning(
                    CLOUD_SERVICES_MAIL_ENABLED,
                    "has no effect without a certificate: the other premises cannot tell that it is you",
                    "Add <tlsCertificateName>");
        }
    }

    private static void triesAgain(OutboundConnector connector, Section section) {
        boolean sound = section.isSound(RETRY_INTERVALS) && section.isSound(MESSAGE_EXPIRATION_TIMEOUT);
        if (sound && connector.retrySchedule().retries() == 0) {
            section.warning(
                    MESSAGE_EXPIRATION_TIMEOUT,
                    "is over before the first retry: a mail is returned after one attempt",
                    "Make it longer, or begin retryIntervals with a shorter one");
        }
    }

    private static void sendersAreRewritten(
            OrganizationDraft organization, OutboundConnector connector, Section section) {
        boolean onPremises = connector.connectorType() == ConnectorType.ON_PREMISES;
        if (connector.senderRewritingEnabled() && onPremises && !organization.senderRewriting()) {
            section.warning(
                    SENDER_REWRITING_ENABLED,
                    "has no effect while senderRewriting of the organization is false, as it is on-premises by default",
                    "Add <senderRewriting>true</senderRewriting> to the organization, or remove it");
        }
    }

    /** A next hop may well refuse mail that the server would never bring, and then the validation fails for nothing. */
    private static void validationRecipientsAreServed(
            OrganizationDraft organization, OutboundConnector connector, Section section) {
        if (!section.isSound(RECIPIENT_DOMAINS)) {
            return;
        }
        Set<DomainName> accepted = organization.acceptedDomains().stream()
                .map(domain -> domain.value().name())
                .collect(Collectors.toSet());
        section.items(VALIDATION_RECIPIENTS).stream()
                .filter(recipient -> {
                    DomainName domain = recipient.value().domain();
                    return !connector.mayServe(domain, accepted.contains(domain));
                })
                .forEach(recipient -> section.warning(
                        VALIDATION_RECIPIENTS,
                        recipient.location(),
                        "names " + recipient.value() + ", but the connector does not serve "
                                + recipient.value().domain(),
                        "Write an address of a domain in recipientDomains"));
    }

    private static void certificateExists(OutboundConnector connector, Section section, Set<String> certificates) {
        connector
                .tlsCertificateName()
                .filter(name -> !certificates.contains(name.toLowerCase(Locale.ROOT)))
                .ifPresent(name -> section.error(
                        TLS_CERTIFICATE_NAME,
                        "the server has no certificate '" + name + "'",
                        certificates.isEmpty()
                                ? "Add <certificate name=\"" + name + "\"> to <server>"
                                : "Write one of: " + String.join(", ", new TreeSet<>(certificates))));
    }
}
