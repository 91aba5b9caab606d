package org.mailflow.core.decision;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.decision.LoopGuard.Planned;
import org.mailflow.core.decision.RoutePlan.Group;
import org.mailflow.core.decision.RoutePlan.Routed;

/** Collects the ways of a mail's recipients: one group a way, with the marks of its copy. */
final class Ways {

    /** What recipients must have in common to share a copy. */
    private record Copy(Route route, Optional<NewSender> sender) {}

    private static final class Shared {
        private final List<Routed> recipients = new ArrayList<>();
        private final Map<String, LoopMarks.Writer> marks = new LinkedHashMap<>();
    }

    private final LoopMarks marks;
    private final Map<Copy, Shared> copies = new LinkedHashMap<>();

    Ways(LoopMarks marks) {
        this.marks = marks;
    }

    /** A recipient that leads nowhere. */
    void add(Route route, Routed routed) {
        of(route, Optional.empty()).recipients.add(routed);
    }

    /** The ways of all who receive a recipient's mail. */
    void add(EmailAddress recipient, List<Planned> planned) {
        for (Planned way : planned) {
            Shared shared = of(way.route(), way.sender());
            shared.recipients.add(
                    way.route() instanceof Route.MailLoop
                            ? new Routed(recipient, recipient, way.reason(), Optional.empty())
                            : way.leaf().routed(recipient, way.reason()));
            if (way.leaves()) {
                way.signer()
                        .map(organization ->
                                shared.marks.computeIfAbsent(organization.name(), name -> marks.writer(organization)))
                        .ifPresent(writer -> mark(writer, way, planned));
            }
        }
    }

    private static void mark(LoopMarks.Writer writer, Planned way, List<Planned> all) {
        writer.left(way.address(), way.route(), way.leaf().path());
        boolean toOtherPremises =
                way.route() instanceof Route.ByConnector by && by.connector().cloudServicesMailEnabled();
        if (toOtherPremises
                && all.stream()
                        .anyMatch(other -> other.isReceived() && !other.route().equals(way.route()))) {
            writer.receivedByOthers(way.address());
        }
    }

    private Shared of(Route route, Optional<NewSender> sender) {
        return copies.computeIfAbsent(new Copy(route, sender), key -> new Shared());
    }

    List<Group> groups() {
        return copies.entrySet().stream()
                .map(way -> new Group(
                        way.getKey().route(),
                        way.getKey().sender(),
                        way.getValue().recipients,
                        way.getValue().marks.values().stream()
                                .flatMap(writer -> writer.lines().stream())
                                .toList()))
                .toList();
    }
}
