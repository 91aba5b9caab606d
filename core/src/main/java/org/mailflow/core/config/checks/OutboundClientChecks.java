package org.mailflow.core.config.checks;

import static org.mailflow.core.config.settings.OutboundConnectorSettings.AUTHENTICATION_PASSWORD;
import static org.mailflow.core.config.settings.OutboundConnectorSettings.AUTHENTICATION_PASSWORD_FILE;
import static org.mailflow.core.config.settings.OutboundConnectorSettings.AUTHENTICATION_USER;
import static org.mailflow.core.config.settings.OutboundConnectorSettings.FORCE_HELO;
import static org.mailflow.core.config.settings.OutboundConnectorSettings.SMART_HOSTS;
import static org.mailflow.core.config.settings.OutboundConnectorSettings.SMART_HOST_AUTH_MECHANISM;
import static org.mailflow.core.config.settings.OutboundConnectorSettings.SMART_HOST_SELECTION;
import static org.mailflow.core.config.settings.OutboundConnectorSettings.SOURCE_IP_ADDRESS;
import static org.mailflow.core.config.settings.OutboundConnectorSettings.TLS_SETTINGS;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.mailflow.core.config.reading.MailflowDraft;
import org.mailflow.core.config.reading.Section;
import org.mailflow.core.config.settings.Parameter;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.model.OutboundConnector;
import org.mailflow.core.model.SmartHost;
import org.mailflow.core.model.SmartHostAuthMechanism;
import org.mailflow.core.model.SmartHostSelection;
import org.mailflow.core.model.TlsSettings;

/** What must hold where an outbound connector says how the server is a client. */
final class OutboundClientChecks {

    private static final List<BiConsumer<OutboundConnector, Section>> ALL = List.of(
            OutboundClientChecks::weightsCount,
            OutboundClientChecks::someHostIsAsked,
            OutboundClientChecks::accountIsWhole,
            OutboundClientChecks::passwordGoesToOneself,
            OutboundClientChecks::passwordIsEncrypted,
            OutboundClientChecks::heloHasNoExtension,
            OutboundClientChecks::oneSourceOfAFamily);

    private OutboundClientChecks() {}

    static void run(MailflowDraft draft) {
        draft.organizations().forEach(organization -> organization
                .outboundConnectors()
                .forEach(connector -> ALL.forEach(check -> check.accept(connector.value(), connector.section()))));
    }

    private static void weightsCount(OutboundConnector connector, Section section) {
        if (!section.isSound(SMART_HOST_SELECTION)) {
            return;
        }
        SmartHostSelection selection = connector.smartHostSelection();
        boolean counted = selection == SmartHostSelection.WEIGHTED;
        connector.smartHosts().stream()
                .filter(host -> !counted && host.weight() != SmartHost.DEFAULT_WEIGHT)
                .filter(host -> selection == SmartHostSelection.ORDERED || host.weight() != 0)
                .findFirst()
                .ifPresent(host -> section.error(
                        SMART_HOSTS,
                        "the weight of " + host + " is not looked at with smartHostSelection " + selection.word(),
                        "Add <smartHostSelection>weighted</smartHostSelection>, or remove the weight"));
        if (section.has(SMART_HOST_SELECTION) && section.isSound(SMART_HOSTS) && !section.has(SMART_HOSTS)) {
            section.error(SMART_HOST_SELECTION, "has no smartHosts to select from", "Add <smartHosts>, or remove it");
        }
    }

    private static void someHostIsAsked(OutboundConnector connector, Section section) {
        boolean noneFirst = !connector.smartHosts().isEmpty()
                && connector.smartHosts().stream().allMatch(host -> host.weight() == 0);
        if (noneFirst && connector.smartHostSelection() != SmartHostSelection.ORDERED) {
            section.warning(
                    SMART_HOSTS,
                    "all have weight 0: they are asked in the order of the list",
                    "Give those a weight that are to share the mail");
        }
    }

    private static void accountIsWhole(OutboundConnector connector, Section section) {
        if (!section.isSound(SMART_HOST_AUTH_MECHANISM)) {
            return;
        }
        boolean password = section.has(AUTHENTICATION_PASSWORD) || section.has(AUTHENTICATION_PASSWORD_FILE);
        if (section.has(AUTHENTICATION_PASSWORD) && section.has(AUTHENTICATION_PASSWORD_FILE)) {
            section.error(
                    AUTHENTICATION_PASSWORD,
                    "and authenticationPasswordFile both name a password",
                    "Keep one of the two");
        }
        if (logsOn(section) && !(password && section.has(AUTHENTICATION_USER))) {
            section.error(
                    SMART_HOST_AUTH_MECHANISM,
                    "has no account to log on with",
                    "Add <authenticationUser> and <authenticationPasswordFile>");
        }
        Stream.of(AUTHENTICATION_USER, AUTHENTICATION_PASSWORD, AUTHENTICATION_PASSWORD_FILE)
                .filter(parameter -> !logsOn(section) && section.has(parameter))
                .findFirst()
                .ifPresent(parameter -> section.error(
                        parameter,
                        "is not used while smartHostAuthMechanism is none, which it is by default",
                        "Add <smartHostAuthMechanism>basicAuthRequireTLS</smartHostAuthMechanism>, or remove it"));
    }

    private static boolean logsOn(Section section) {
        return mechanism(section) != SmartHostAuthMechanism.NONE;
    }

    private static SmartHostAuthMechanism mechanism(Section section) {
        return section.one(SMART_HOST_AUTH_MECHANISM, SmartHostAuthMechanism.NONE);
    }

    private static void passwordGoesToOneself(OutboundConnector connector, Section section) {
        if (section.isSound(SMART_HOST_AUTH_MECHANISM) && logsOn(section) && connector.useMXRecord()) {
            section.error(
                    SMART_HOST_AUTH_MECHANISM,
                    "would show the password to the MX hosts of every recipient's domain",
                    "Add <useMXRecord>false</useMXRecord> and <smartHosts>, or remove it");
        }
    }

    private static void passwordIsEncrypted(OutboundConnector connector, Section section) {
        if (!section.isSound(SMART_HOST_AUTH_MECHANISM) || !section.isSound(TLS_SETTINGS) || connector.useMXRecord()) {
            return;
        }
        boolean proven = connector
                .tlsSettings()
                .filter(tls -> tls != TlsSettings.ENCRYPTION_ONLY)
                .isPresent();
        if (mechanism(section) == SmartHostAuthMechanism.BASIC_AUTH
                && connector.tlsSettings().isEmpty()) {
            section.warning(
                    SMART_HOST_AUTH_MECHANISM,
                    "shows the password to the network where a smart host offers no TLS",
                    "Write basicAuthRequireTLS");
        } else if (logsOn(section) && !proven) {
            section.warning(
                    SMART_HOST_AUTH_MECHANISM,
                    "shows the password to a host that does not prove who it is",
                    "Add <tlsSettings>domainValidation</tlsSettings> and <tlsDomain>");
        }
    }

    private static void heloHasNoExtension(OutboundConnector connector, Section section) {
        if (!connector.client().forceHELO()) {
            return;
        }
        if (section.has(TLS_SETTINGS)) {
            notWithHelo(section, TLS_SETTINGS);
        }
        if (section.isSound(SMART_HOST_AUTH_MECHANISM) && logsOn(section)) {
            notWithHelo(section, SMART_HOST_AUTH_MECHANISM);
        }
    }

    private static void notWithHelo(Section section, Parameter<?> parameter) {
        section.error(
                FORCE_HELO,
                "and " + parameter.name() + " exclude each other: after HELO a host offers no extension",
                "Remove one of the two");
    }

    private static void oneSourceOfAFamily(OutboundConnector connector, Section section) {
        List<IpAddress> addresses = connector.client().sourceIPAddresses();
        long families = addresses.stream().map(IpAddress::isIpv4).distinct().count();
        if (families < addresses.size()) {
            section.error(
                    SOURCE_IP_ADDRESS,
                    "has several addresses of one family",
                    "Keep one IPv4 and one IPv6 address at most");
        }
    }
}
