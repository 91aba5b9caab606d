package org.mailflow.core.decision;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.decision.LoopGuard.Planned;
import org.mailflow.core.decision.RoutePlan.Group;
import org.mailflow.core.decision.RoutePlan.Routed;

/**
 * Collects the ways of a mail's recipients: a copy for each way, with its marks. Recipients behind a group or forwarding address
 * have one of their own: when it comes back to that group, it is known whether it had been there.
 */
final class Ways {

    /** What recipients must have in common to share a connection. */
    private record Common(Route route, Optional<NewSender> sender) {}

    /** What they must have in common to share a copy: the group of the envelope that they are behind, where they leave. */
    private record Copy(Common common, Optional<EmailAddress> behind) {}

    private static final class Shared {
        private final List<Routed> recipients = new ArrayList<>();
        private final Set<EmailAddress> through = new LinkedHashSet<>();
    }

    private final LoopMarks marks;
    private final Map<Copy, Shared> copies = new LinkedHashMap<>();
    private final Map<Common, Map<String, LoopMarks.Writer>> writers = new HashMap<>();
    private final Map<Common, Map<EmailAddress, Copy>> placed = new HashMap<>();

    Ways(LoopMarks marks) {
        this.marks = marks;
    }

    /** A recipient that leads nowhere. */
    void add(Route route, Routed routed) {
        of(new Copy(new Common(route, Optional.empty()), Optional.empty()))
                .recipients
                .add(routed);
    }

    /** The ways of all who receive a recipient's mail. */
    void add(EmailAddress recipient, List<Planned> planned) {
        for (Planned way : planned) {
            Common common = new Common(way.route(), way.sender());
            if (way.leaves()) {
                leave(recipient, way, common, planned);
            } else {
                of(new Copy(common, Optional.empty()))
                        .recipients
                        .add(
                                way.route() instanceof Route.MailLoop
                                        ? new Routed(recipient, recipient, way.reason(), Optional.empty())
                                        : way.leaf().routed(recipient, way.reason()));
            }
        }
    }

    private void leave(EmailAddress recipient, Planned way, Common common, List<Planned> all) {
        List<EmailAddress> path = way.leaf().path();
        Copy own = new Copy(common, path.stream().findFirst());
        // Nobody receives two copies by one way, however many groups lead to him.
        Copy copy = placed.computeIfAbsent(common, key -> new HashMap<>()).computeIfAbsent(way.address(), key -> own);
        Shared shared = of(copy);
        shared.recipients.add(way.leaf().routed(recipient, way.reason()));
        if (copy.equals(own)) {
            shared.through.addAll(path);
        }
        way.signer()
                .map(organization -> writers.computeIfAbsent(common, key -> new LinkedHashMap<>())
                        .computeIfAbsent(organization.name(), name -> marks.writer(organization)))
                .ifPresent(writer -> mark(writer, way, all));
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

    private Shared of(Copy copy) {
        return copies.computeIfAbsent(copy, key -> new Shared());
    }

    List<Group> groups() {
        return copies.entrySet().stream()
                .map(copy -> new Group(
                        copy.getKey().common().route(),
                        copy.getKey().common().sender(),
                        copy.getValue().recipients,
                        lines(copy.getKey().common(), copy.getValue())))
                .toList();
    }

    private List<String> lines(Common common, Shared shared) {
        return writers.getOrDefault(common, Map.of()).values().stream()
                .flatMap(writer -> writer.lines(shared.through).stream())
                .toList();
    }
}
