package org.mailflow.core.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.decision.LoopGuard.Planned;
import org.mailflow.core.decision.RoutePlan.Routed;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.Organization;
import org.mailflow.core.model.OutboundConnector;
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
        return plan(mailflow, sender, stamp, recipients, contacts, marks, 0);
    }

    /**
     * Plans a mail of which is known how large it is.
     *
     * @param sender empty for the null sender
     * @param stamp empty for mail that this server made
     * @param contacts those of the recipients that are contacts by their external addresses
     * @param marks by which the mail is known that was here before
     * @param size of the mail, in bytes; 0 where nobody knows
     */
    public static RoutePlan plan(
            Mailflow mailflow,
            Optional<EmailAddress> sender,
            Optional<Stamp> stamp,
            List<EmailAddress> recipients,
            Contacts contacts,
            LoopMarks marks,
            long size) {
        Optional<Organization> originator = originator(mailflow, sender, stamp);
        LoopGuard guard = new LoopGuard(mailflow, stamp, marks);
        Ways ways = new Ways(marks);
        Contacts known = contacts;
        for (EmailAddress recipient : recipients) {
            Optional<Planned> unsplit = CentralizedTransport.unsplit(mailflow, recipient, originator, stamp)
                    .map(via -> unsplit(recipient, via, size));
            if (unsplit.isPresent()) {
                ways.add(recipient, guard.judge(recipient, List.of(unsplit.get())));
                continue;
            }
            Expanded expanded = Expander.expand(mailflow, recipient);
            if (expanded.leaves().isEmpty()) {
                ways.add(deadEnd(expanded), new Routed(recipient, recipient, expanded.reason(), Optional.empty()));
            }
            List<Planned> planned = new ArrayList<>();
            for (Expanded.Leaf leaf : expanded.leaves()) {
                Optional<Organization> owner = leaf.owner().or(() -> contacts.organizationOf(mailflow, recipient));
                Way way = way(mailflow, leaf.resolution(), owner, originator, stamp, size);
                known = leaf.with(known);
                Optional<NewSender> newSender = sender.flatMap(
                        address -> newSender(mailflow, address, way.route(), leaf, owner, originator, contacts));
                planned.add(new Planned(leaf, way.route(), newSender, way.reason(), owner.or(() -> originator)));
            }
            ways.add(recipient, guard.judge(recipient, planned));
        }
        return new RoutePlan(ways.groups(), known);
    }

    private static Optional<NewSender> newSender(
            Mailflow mailflow,
            EmailAddress sender,
            Route route,
            Expanded.Leaf leaf,
            Optional<Organization> owner,
            Optional<Organization> originator,
            Contacts contacts) {
        List<EmailAddress> here = leaf.forwarders();
        List<EmailAddress> forwarders = here.isEmpty()
                ? contacts.addressOf(leaf.resolution().recipient()).stream().toList()
                : here;
        return owner.or(() -> originator)
                .flatMap(organization -> SenderRewriting.of(
                        mailflow,
                        organization,
                        sender,
                        route,
                        leaf.resolution().location(),
                        forwarders,
                        owner.isPresent()));
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

    private static Planned unsplit(EmailAddress recipient, CentralizedTransport.Via via, long size) {
        Way way = upTo(viaOnPremises(via), size);
        Optional<Organization> whose = Optional.of(via.organization());
        Resolution asItIs = new Resolution(
                recipient, whose, Optional.empty(), new RecipientLocation.OtherPremises(recipient), way.reason());
        return new Planned(
                new Expanded.Leaf(asItIs, List.of(), Optional.empty()),
                way.route(),
                Optional.empty(),
                way.reason(),
                whose);
    }

    private static Way viaOnPremises(CentralizedTransport.Via via) {
        return new Way(
                new Route.ByConnector(via.organization(), via.connector()),
                Reason.of(
                        "centralized mail transport: all mail goes to on-premises first, by outbound connector '"
                                + via.connector().name() + "'",
                        via.connector().location()));
    }

    /** With what centralized mail transport has to say of a way that it does not take. */
    private static Way way(
            Mailflow mailflow,
            Resolution resolution,
            Optional<Organization> owner,
            Optional<Organization> originator,
            Optional<Stamp> stamp,
            long size) {
        Way way = upTo(wayOf(mailflow, resolution, owner, originator, stamp, size), size);
        return CentralizedTransport.exception(originator, stamp, resolution)
                .map(exception -> new Way(
                        way.route(),
                        new Reason(
                                way.reason().text() + "; " + exception,
                                way.reason().decidedBy())))
                .orElse(way);
    }

    /** The owner is the organization whose recipient it is, be it a mailbox or a contact. */
    private static Way wayOf(
            Mailflow mailflow,
            Resolution resolution,
            Optional<Organization> owner,
            Optional<Organization> originator,
            Optional<Stamp> stamp,
            long size) {
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
        Optional<Way> rerouted =
                CentralizedTransport.ofOwnMail(originator, stamp, resolution).map(Router::viaOnPremises);
        if (rerouted.isPresent()) {
            return rerouted.get();
        }
        boolean mayLeave =
                stamp.map(Stamp::directionality).orElse(Directionality.ORIGINATING) == Directionality.ORIGINATING;
        if (owner.isEmpty() && !mayLeave) {
            return new Way(
                    new Route.NotPermitted(),
                    Reason.of(resolution.reason().text() + ", and incoming mail is not relayed"));
        }
        Optional<OutboundConnector> egress = CentralizedTransport.egress(originator, stamp, resolution);
        if (egress.isPresent()) {
            return backToTheCloud(originator.orElseThrow(), egress.get(), resolution);
        }
        Optional<Organization> organization = owner.or(() -> originator);
        Optional<Selection> selection =
                organization.flatMap(whose -> select(mailflow, whose, resolution.deliveryAddress(), size));
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

    /** One that takes the mail; where there is none, one that would, were it smaller. */
    private static Optional<Selection> select(
            Mailflow mailflow, Organization organization, EmailAddress address, long size) {
        boolean accepted = mailflow.accepted(address.domain())
                .filter(domain -> domain.organization().equals(organization))
                .isPresent();
        return organization
                .outboundConnectors()
                .select(address.domain(), accepted, size)
                .or(() -> organization.outboundConnectors().select(address.domain(), accepted));
    }

    /** No connector takes a mail that is larger than it may be, whatever it was chosen for. */
    private static Way upTo(Way way, long size) {
        if (!(way.route() instanceof Route.ByConnector by) || by.connector().takes(size)) {
            return way;
        }
        return new Way(
                new Route.TooLarge(),
                Reason.of(
                        way.reason().text() + "; but it takes "
                                + by.connector().maxMessageSize().orElseThrow()
                                + " bytes at most (maxMessageSize), and "
                                + "the mail has " + size,
                        by.connector().location()));
    }

    private static Way backToTheCloud(Organization organization, OutboundConnector connector, Resolution resolution) {
        return new Way(
                new Route.ByConnector(organization, connector),
                Reason.of(
                        resolution.reason().text()
                                + "; centralizedTransportEgress: the cloud's mail to the outside leaves by "
                                + "the cloud, outbound connector '" + connector.name() + "'",
                        organization.hybrid().location()));
    }

    private static Way byConnector(Organization organization, Selection selection, Resolution resolution) {
        String text = resolution.reason().text() + "; outbound connector '"
                + selection.connector().name() + "' " + selection.match().reason();
        return new Way(
                new Route.ByConnector(organization, selection.connector()),
                Reason.of(text, selection.connector().location()));
    }
}
