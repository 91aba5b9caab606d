package org.mailflow.core.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.model.InboundConnector;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.Organization;
import org.mailflow.core.model.OutboundConnector;
import org.mailflow.core.model.Premises;

/**
 * Ends loops in their first closed round, by the marks that a mail bears. Where a recipient's copy would take a way that it
 * took before, the mail is returned. Where forwarding addresses and groups lead it back, whoever received it does not
 * receive it again, and only if nobody received it the mail is returned (recipient loops, Exchange's words: harmless and
 * broken).
 */
final class LoopGuard {

    /**
     * Somebody who receives a recipient's mail, by the way that would be taken.
     *
     * @param leaf who
     * @param route the way
     * @param sender the sender of the copy; empty for the mail's own
     * @param reason why this way
     * @param signer the organization that marks the copy; empty for mail of no organization, which is not marked
     */
    record Planned(
            Expanded.Leaf leaf, Route route, Optional<NewSender> sender, Reason reason, Optional<Organization> signer) {

        EmailAddress address() {
            return leaf.resolution().deliveryAddress();
        }

        boolean leaves() {
            return route instanceof Route.ByConnector || route instanceof Route.ByMx;
        }

        /** Whether a mail on this way is on nobody's conscience any more: it arrives, or its sender is told. */
        boolean isReceived() {
            return leaves()
                    || route instanceof Route.Local
                    || route instanceof Route.Wait
                    || route instanceof Route.Unreachable;
        }
    }

    private final Mailflow mailflow;
    private final Optional<Stamp> stamp;
    private final LoopMarks marks;

    LoopGuard(Mailflow mailflow, Optional<Stamp> stamp, LoopMarks marks) {
        this.mailflow = mailflow;
        this.stamp = stamp;
        this.marks = marks;
    }

    /**
     * Judges the ways of one recipient.
     *
     * @return the ways that remain, of which {@link Route.MailLoop} is the only one where the mail is returned
     */
    List<Planned> judge(EmailAddress recipient, List<Planned> ways) {
        if (marks.isEmpty() || ways.stream().noneMatch(way -> wasHere(way) || left(way))) {
            return ways;
        }
        List<Planned> fresh =
                ways.stream().filter(way -> !wasHere(way) && !left(way)).toList();
        boolean here = ways.stream().anyMatch(this::wasHere);
        boolean direct = ways.stream().allMatch(way -> way.leaf().path().isEmpty());
        if (!here && !direct && fresh.stream().noneMatch(Planned::isReceived)) {
            // Copies for those behind this group left, but not for the group: what became of them is not known here.
            return ways;
        }
        Optional<String> received = direct ? Optional.empty() : received(recipient, ways, fresh);
        if (received.isEmpty()) {
            return List.of(loop(ways.stream().filter(this::left).findFirst().orElse(ways.get(0))));
        }
        List<Planned> judged = new ArrayList<>();
        ways.forEach(way -> judged.add(fresh.contains(way) ? way : alreadyReceived(way, received.get())));
        return judged;
    }

    private boolean left(Planned way) {
        return way.leaves() && marks.left(way.address(), way.route());
    }

    private boolean wasHere(Planned way) {
        return way.leaf().path().stream().anyMatch(marks::expanded);
    }

    /** Whether this copy reached a group that had been handed the mail already, and had not come from there itself. */
    private boolean hadCopiesOfTheirOwn(Planned way) {
        List<EmailAddress> path = way.leaf().path();
        return wasHere(way) && path.stream().noneMatch(marks::through);
    }

    /** Who is known to have received the mail; empty where that might be nobody. */
    private Optional<String> received(EmailAddress recipient, List<Planned> ways, List<Planned> fresh) {
        return fresh.stream()
                .filter(Planned::isReceived)
                .findFirst()
                .map(way -> way.address() + " receives it now")
                .or(() -> ways.stream()
                        .filter(way -> wasHere(way) && !left(way) && way.isReceived())
                        .findFirst()
                        .map(way -> way.address() + " received it when it was here before"))
                .or(() -> ways.stream().allMatch(this::hadCopiesOfTheirOwn)
                        ? Optional.of("everybody behind it was sent a copy of his own")
                        : Optional.empty())
                .or(() -> marks.receivedByOthers(recipient)
                        ? Optional.of("the other premises say that somebody received it there")
                        : Optional.empty());
    }

    private static Planned alreadyReceived(Planned way, String who) {
        return new Planned(
                way.leaf(),
                new Route.AlreadyReceived(),
                Optional.empty(),
                new Reason(
                        "a copy for " + way.address() + " was sent when the mail was here before, and " + who
                                + ": this one is dropped",
                        way.reason().decidedBy()),
                Optional.empty());
    }

    private Planned loop(Planned way) {
        Premises premises = way.leaf()
                .resolution()
                .organization()
                .or(way::signer)
                .map(Organization::premises)
                .orElse(Premises.ON_PREMISES);
        return new Planned(way.leaf(), new Route.MailLoop(premises), Optional.empty(), reason(way), way.signer());
    }

    private Reason reason(Planned way) {
        Reason found = way.leaf().resolution().reason();
        String text = "a loop is closed: a copy for " + way.address() + " left this server by " + out(way)
                + " before, and came back " + in() + ". It would go there again: "
                + way.reason().text()
                + found.decidedBy().map(at -> " (" + at + ")").orElse("");
        return new Reason(text, way.reason().decidedBy().or(found::decidedBy));
    }

    private static String out(Planned way) {
        if (way.route() instanceof Route.ByConnector by) {
            OutboundConnector connector = by.connector();
            return "outbound connector '" + by.queueName() + "' (its setting "
                    + selectedBy(connector, way.address().domain()) + ", " + connector.location() + ")";
        }
        return way.route() instanceof Route.ByMx ? "MX" : way.route().word();
    }

    private static String selectedBy(OutboundConnector connector, DomainName domain) {
        boolean named = connector.recipientDomains().stream().anyMatch(pattern -> pattern.matches(domain));
        if (named) {
            return "recipientDomains";
        }
        return connector.routeAllMessagesViaOnPremises() ? "routeAllMessagesViaOnPremises" : "allAcceptedDomains";
    }

    private String in() {
        if (stamp.isEmpty()) {
            return "without SMTP";
        }
        Stamp by = stamp.get();
        Optional<InboundConnector> connector = by.organization()
                .flatMap(mailflow::organization)
                .flatMap(organization -> by.connector().flatMap(organization::inboundConnector));
        return connector
                .map(known -> "by inbound connector '"
                        + by.organization().orElse("") + "/" + known.name() + "' ("
                        + known.location() + ")")
                .orElse("from " + by.clientIp() + ", whom no inbound connector identifies");
    }
}
