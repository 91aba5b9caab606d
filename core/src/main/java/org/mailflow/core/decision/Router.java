package org.mailflow.core.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.decision.LoopGuard.Planned;
import org.mailflow.core.decision.RoutePlan.Routed;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.Organization;
import org.mailflow.core.model.OutboundConnectors.Selection;

/** Plans the ways of a mail's recipients. */
public final class Router {

    private record Way(Route route, Reason reason) {}

    private Router() {}

    /**
     * Plans a mail.
     *
     * @param sender empty for the null sender
     * @param stamp empty for mail that this server made
     */
    public static RoutePlan plan(
            Mailflow mailflow, Optional<EmailAddress> sender, Optional<Stamp> stamp, List<EmailAddress> recipients) {
        return plan(mailflow, sender, stamp, recipients, Contacts.NONE);
    }

    /**
     * Plans a mail that was not here before, and of which no copy is marked for the case that it comes back.
     *
     * @param sender empty for the null sender
     * @param stamp empty for mail that this server made
     * @param contacts those of the recipients that are contacts by their external addresses
     */
    public static RoutePlan plan(
            Mailflow mailflow,
            Optional<EmailAddress> sender,
            Optional<Stamp> stamp,
            List<EmailAddress> recipients,
            Contacts contacts) {
        return plan(mailflow, sender, stamp, recipients, contacts, LoopMarks.none(mailflow, LoopHeader.EMPTY));
    }

    /**
     * Plans a mail whose recipients may have been given new addresses already.
     *
     * @param sender empty for the null sender
     * @param stamp empty for mail that this server made
     * @param contacts those of the recipients that are contacts by their external addresses
     * @param marks by which the mail is known that was here before
     */
    public static RoutePlan plan(
            Mailflow mailflow,
            Optional<EmailAddress> sender,
            Optional<Stamp> stamp,
            List<EmailAddress> recipients,
            Contacts contacts,
            LoopMarks marks) {
        Optional<Organization> originator = originator(mailflow, sender, stamp);
        boolean mayLeave =
                stamp.map(Stamp::directionality).orElse(Directionality.ORIGINATING) == Directionality.ORIGINATING;
        LoopGuard guard = new LoopGuard(mailflow, stamp, marks);
        Ways ways = new Ways(marks);
        Contacts known = contacts;
        for (EmailAddress recipient : recipients) {
            Expanded expanded = Expander.expand(mailflow, recipient);
            if (expanded.leaves().isEmpty()) {
                ways.add(deadEnd(expanded), new Routed(recipient, recipient, expanded.reason(), Optional.empty()));
            }
            List<Planned> planned = new ArrayList<>();
            for (Expanded.Leaf leaf : expanded.leaves()) {
                Optional<Organization> owner = leaf.owner().or(() -> contacts.organizationOf(mailflow, recipient));
                Way way = way(mailflow, leaf.resolution(), owner, originator, mayLeave);
                planned.add(new Planned(leaf, way.route(), way.reason(), owner.or(() -> originator)));
                known = leaf.with(known);
            }
            ways.add(recipient, guard.judge(recipient, planned));
        }
        return new RoutePlan(ways.groups(), known);
    }

    private static Route deadEnd(Expanded expanded) {
        return expanded.loops() ? new Route.Loop() : new Route.UnknownRecipient();
    }

    /** Whose outbound connectors mail to the internet takes: the attributed organization's; for our own mail, the sender's. */
    private static Optional<Organization> originator(
            Mailflow mailflow, Optional<EmailAddress> sender, Optional<Stamp> stamp) {
        if (stamp.isPresent()) {
            return stamp.get().organization().flatMap(mailflow::organization);
        }
        if (mailflow.organizations().size() == 1) {
            return Optional.of(mailflow.organizations().get(0));
        }
        return sender.flatMap(address -> mailflow.accepted(address.domain())).map(Mailflow.Accepted::organization);
    }

    /** The owner is the organization whose recipient it is, be it a mailbox or a contact. */
    private static Way way(
            Mailflow mailflow,
            Resolution resolution,
            Optional<Organization> owner,
            Optional<Organization> originator,
            boolean mayLeave) {
        RecipientLocation location = resolution.location();
        if (location instanceof RecipientLocation.MailboxHere) {
            return new Way(new Route.Local(), resolution.reason());
        }
        if (location instanceof RecipientLocation.Unknown) {
            return new Way(new Route.UnknownRecipient(), resolution.reason());
        }
        if (location instanceof RecipientLocation.Unavailable) {
            return new Way(new Route.Wait(), resolution.reason());
        }
        Optional<Organization> organization = owner.or(() -> originator);
        if (owner.isEmpty() && !mayLeave) {
            return new Way(
                    new Route.NotPermitted(),
                    Reason.of(resolution.reason().text() + ", and incoming mail is not relayed"));
        }
        Optional<Selection> selection =
                organization.flatMap(whose -> select(mailflow, whose, resolution.deliveryAddress()));
        if (selection.isPresent()) {
            return byConnector(organization.orElseThrow(), selection.get(), resolution);
        }
        return location instanceof RecipientLocation.External
                ? new Way(
                        new Route.ByMx(),
                        Reason.of("no outbound connector serves "
                                + resolution.deliveryAddress().domain() + ": its MX hosts"))
                : new Way(
                        new Route.Unreachable(),
                        new Reason(
                                resolution.reason().text() + ", and no outbound connector serves "
                                        + resolution.deliveryAddress().domain(),
                                resolution.reason().decidedBy()));
    }

    private static Optional<Selection> select(Mailflow mailflow, Organization organization, EmailAddress address) {
        boolean accepted = mailflow.accepted(address.domain())
                .filter(domain -> domain.organization().equals(organization))
                .isPresent();
        return organization.outboundConnectors().select(address.domain(), accepted);
    }

    private static Way byConnector(Organization organization, Selection selection, Resolution resolution) {
        String text = resolution.reason().text() + "; outbound connector '"
                + selection.connector().name() + "' " + selection.match().reason();
        return new Way(
                new Route.ByConnector(organization, selection.connector()),
                Reason.of(text, selection.connector().location()));
    }
}
