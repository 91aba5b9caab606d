package org.mailflow.core.config.checks;

import static org.mailflow.core.config.settings.InboundConnectorSettings.SENDER_IP_ADDRESSES;
import static org.mailflow.core.config.settings.InboundConnectorSettings.TLS_SENDER_CERTIFICATE_NAME;
import static org.mailflow.core.config.settings.InboundConnectorSettings.TLS_SENDER_CERTIFICATE_PINS;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ListMultimap;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.mailflow.core.config.reading.MailflowDraft;
import org.mailflow.core.config.reading.OrganizationDraft;
import org.mailflow.core.config.reading.Section;
import org.mailflow.core.ip.IpMap;
import org.mailflow.core.ip.IpPrefix;
import org.mailflow.core.ip.IpSet;
import org.mailflow.core.model.ConnectorType;
import org.mailflow.core.model.InboundConnector;
import org.mailflow.core.tls.CertificateDemand;
import org.mailflow.core.tls.CertificateName;
import org.mailflow.core.tls.CertificatePin;

/**
 * What identifies the servers of one organization must not identify those of another: one could send as the other.
 * Addresses may be shared only between connectors that want a certificate besides, certificates only between connectors
 * whose addresses or pins tell them apart.
 */
final class SharedEvidenceChecks {

    private static final String WILDCARD = "*.";
    private static final List<Evidence> NOBODY = List.of();

    private record Evidence(OrganizationDraft organization, InboundConnector connector, Section section) {

        CertificateDemand demand() {
            return connector.senderCertificate();
        }

        boolean isOfAnother(Evidence other) {
            return !organization.is(other.organization);
        }

        boolean isAfter(Evidence other) {
            return section.location().compareTo(other.section.location()) > 0;
        }

        String name() {
            return section.title() + " of " + organization.name();
        }
    }

    private record Network(Evidence evidence, IpPrefix prefix) {

        /** Of two networks the inner one reports the overlap, of equal ones the later. */
        boolean overlapsAfter(Network other) {
            return other.prefix.equals(prefix) ? evidence.isAfter(other.evidence) : other.prefix.contains(prefix);
        }
    }

    private SharedEvidenceChecks() {}

    static void run(MailflowDraft draft) {
        if (draft.organizations().size() < 2) {
            return;
        }
        List<Evidence> evidence =
                draft.organizations().stream().flatMap(SharedEvidenceChecks::of).toList();
        certificates(evidence);
        pins(evidence);
        addresses(evidence);
    }

    private static Stream<Evidence> of(OrganizationDraft organization) {
        return organization.inboundConnectors().stream()
                .filter(connector -> connector.value().connectorType() == ConnectorType.ON_PREMISES
                        && connector.value().enabled())
                .map(connector -> new Evidence(organization, connector.value(), connector.section()));
    }

    private static void certificates(List<Evidence> evidence) {
        ListMultimap<String, Evidence> byName = ArrayListMultimap.create();
        ListMultimap<String, Evidence> byWildcard = ArrayListMultimap.create();
        for (Evidence one : evidence) {
            one.demand().name().map(CertificateName::value).ifPresent(name -> {
                String wildcard = WILDCARD + name.substring(name.indexOf('.') + 1);
                // A wildcard is satisfied by every name one label below, and the other way round.
                Stream.of(byName.get(name), byName.get(wildcard), name.equals(wildcard) ? byWildcard.get(name) : NOBODY)
                        .flatMap(List::stream)
                        .filter(other -> one.isOfAnother(other) && !tellApartByPins(one, other))
                        .filter(other -> !tellApartByAddresses(one, other))
                        .findFirst()
                        .ifPresent(other -> sharedName(one, name, other));
                byName.put(name, one);
                byWildcard.put(wildcard, one);
            });
        }
    }

    private static void pins(List<Evidence> evidence) {
        ListMultimap<CertificatePin, Evidence> byPin = ArrayListMultimap.create();
        for (Evidence one : evidence) {
            one.demand().pins().forEach(pin -> byPin.get(pin).stream()
                    .filter(other -> one.isOfAnother(other) && !tellApartByAddresses(one, other))
                    .findFirst()
                    .ifPresent(other -> sharedPin(one, pin, other)));
            one.demand().pins().forEach(pin -> byPin.put(pin, one));
        }
    }

    private static boolean tellApartByPins(Evidence one, Evidence other) {
        List<CertificatePin> pins = one.demand().pins();
        List<CertificatePin> others = other.demand().pins();
        return !pins.isEmpty() && !others.isEmpty() && Collections.disjoint(pins, others);
    }

    private static boolean tellApartByAddresses(Evidence one, Evidence other) {
        IpSet addresses = one.connector().senderIPAddresses();
        IpSet others = other.connector().senderIPAddresses();
        return !addresses.isEmpty() && !others.isEmpty() && !reaches(addresses, others) && !reaches(others, addresses);
    }

    private static boolean reaches(IpSet addresses, IpSet others) {
        return others.prefixes().stream().anyMatch(prefix -> addresses.contains(prefix.network()));
    }

    private static void sharedName(Evidence one, String name, Evidence other) {
        one.section()
                .error(
                        TLS_SENDER_CERTIFICATE_NAME,
                        "a certificate for " + name + " identifies " + other.name() + " too",
                        "Each organization needs a certificate of its own: one could send as the other");
    }

    private static void sharedPin(Evidence one, CertificatePin pin, Evidence other) {
        one.section()
                .error(
                        TLS_SENDER_CERTIFICATE_PINS,
                        "the pin " + pin + " identifies " + other.name() + " too",
                        "Each organization needs a certificate of its own: one could send as the other");
    }

    private static void addresses(List<Evidence> evidence) {
        IpMap.Builder<Network> builder = IpMap.builder();
        evidence.forEach(one -> networks(one).forEach(network -> builder.put(network.prefix(), network)));
        IpMap<Network> byAddress = builder.build();
        evidence.stream()
                .flatMap(SharedEvidenceChecks::networks)
                .forEach(network -> byAddress.allMatches(network.prefix().network()).stream()
                        .filter(other -> other.evidence().isOfAnother(network.evidence()))
                        .filter(other -> byAddressAlone(network.evidence()) || byAddressAlone(other.evidence()))
                        .filter(network::overlapsAfter)
                        .findFirst()
                        .ifPresent(other -> sharedAddresses(network, other)));
    }

    private static Stream<Network> networks(Evidence evidence) {
        return evidence.connector().senderIPAddresses().prefixes().stream()
                .map(prefix -> new Network(evidence, prefix));
    }

    private static void sharedAddresses(Network network, Network other) {
        network.evidence()
                .section()
                .error(
                        SENDER_IP_ADDRESSES,
                        network.prefix() + " identifies " + other.evidence().name() + " too",
                        "Share no address between organizations, or add <tlsSenderCertificateName> to both connectors");
    }

    private static boolean byAddressAlone(Evidence evidence) {
        return evidence.demand().isEmpty();
    }
}
