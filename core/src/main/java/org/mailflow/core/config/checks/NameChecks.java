package org.mailflow.core.config.checks;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.mailflow.core.config.reading.MailflowDraft;
import org.mailflow.core.config.reading.OrganizationDraft;
import org.mailflow.core.config.reading.Section;

/** Names are unique, without regard to case: they are how connectors, queues and problems are told apart. */
final class NameChecks {

    private NameChecks() {}

    private record Named(String name, Section section) {}

    static void run(MailflowDraft draft) {
        unique(
                "organizations",
                draft.organizations().stream()
                        .map(organization -> new Named(organization.name(), organization.section())));
        unique(
                "certificates",
                draft.server().certificateNames().stream().map(name -> new Named(name.value(), name.section())));
        draft.organizations().forEach(NameChecks::connectors);
    }

    private static void connectors(OrganizationDraft organization) {
        unique(
                "inbound connectors of " + organization.name(),
                organization.inboundConnectors().stream()
                        .map(connector -> new Named(connector.value().name(), connector.section())));
        unique(
                "outbound connectors of " + organization.name(),
                organization.outboundConnectors().stream()
                        .map(connector -> new Named(connector.value().name(), connector.section())));
    }

    private static void unique(String what, Stream<Named> all) {
        List<Named> named = all.filter(one -> !one.name().isEmpty()).toList();
        Map<String, Section> first = new HashMap<>();
        for (Named one : named) {
            Section before = first.putIfAbsent(one.name().toLowerCase(Locale.ROOT), one.section());
            if (before != null) {
                one.section()
                        .error(
                                "has the name of another of the " + what + ", in line "
                                        + before.location().line(),
                                "Give it a name of its own; upper and lower case are the same");
            }
        }
    }
}
