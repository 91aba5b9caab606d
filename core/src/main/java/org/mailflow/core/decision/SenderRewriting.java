package org.mailflow.core.decision;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.model.AcceptedDomain;
import org.mailflow.core.model.AcceptedDomainType;
import org.mailflow.core.model.ConnectorType;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.Organization;
import org.mailflow.core.model.OutboundConnector;

/**
 * The Sender Rewriting Scheme: a stranger's mail that leaves again comes from our servers, which the stranger's domain does
 * not permit to send in its name (SPF, RFC 7208). So it leaves with a sender of ours; mail that comes back to it is handed on
 * by {@link RecipientResolver}.
 */
final class SenderRewriting {

    private static final String USE = "srs";

    private SenderRewriting() {}

    /** The codec of an organization, as of now. */
    static SrsCodec codec(Mailflow mailflow, Organization organization) {
        Instant now = mailflow.clock().instant();
        return new SrsCodec(mailflow.signingKey(organization, USE), now);
    }

    /**
     * The sender that a copy leaves with.
     *
     * @param organization whose way out it takes
     * @param sender of the mail
     * @param recipient an external one
     * @param forwarders the addresses here that the mail went through to this recipient, the first one first
     * @param owned whether the recipient is an address of the organization's, or one that its recipient stands for
     * @return empty where the mail keeps its own
     */
    static Optional<NewSender> of(
            Mailflow mailflow,
            Organization organization,
            EmailAddress sender,
            Route route,
            RecipientLocation recipient,
            List<EmailAddress> forwarders,
            boolean owned) {
        boolean handedOn = !owned || !forwarders.isEmpty();
        if (!organization.senderRewriting()
                || !handedOn
                || !(recipient instanceof RecipientLocation.External)
                || !leaves(route)
                || isOwn(mailflow, organization, sender.domain())) {
            return Optional.empty();
        }
        SrsCodec codec = codec(mailflow, organization);
        Optional<EmailAddress> forwarder = forwarders.stream()
                .filter(address -> mailflow.owns(organization, address.domain()))
                .findFirst();
        Optional<NewSender> reversible = forwarder.flatMap(address -> codec.forwarded(address, sender)
                .map(rewritten ->
                        new NewSender(rewritten, reason(organization, sender, "it is forwarded by " + address))));
        return reversible.or(
                () -> defaultDomain(organization)
                        .map(
                                domain -> new NewSender(
                                        codec.bounces(domain),
                                        reason(
                                                organization,
                                                sender,
                                                forwarders.isEmpty()
                                                        ? "it is relayed"
                                                        : "it is forwarded, and the sender does not fit into an address of 64 octets"))));
    }

    private static Reason reason(Organization organization, EmailAddress sender, String why) {
        return Reason.of(
                sender + " is in no accepted domain of " + organization.name() + ", and " + why,
                organization.location());
    }

    /** Own servers are not the internet: they get it only where their connector says so. */
    private static boolean leaves(Route route) {
        if (route instanceof Route.ByConnector by) {
            OutboundConnector connector = by.connector();
            return connector.connectorType() == ConnectorType.PARTNER || connector.senderRewritingEnabled();
        }
        return route instanceof Route.ByMx;
    }

    private static boolean isOwn(Mailflow mailflow, Organization organization, DomainName domain) {
        return mailflow.owns(organization, domain) || organization.isTargetDeliveryDomain(domain);
    }

    /** The first authoritative one, that of routing addresses last: strangers see it. */
    private static Optional<DomainName> defaultDomain(Organization organization) {
        return organization.acceptedDomains().stream()
                .min(Comparator.comparing((AcceptedDomain domain) -> organization.isTargetDeliveryDomain(domain.name()))
                        .thenComparing(domain -> domain.type() != AcceptedDomainType.AUTHORITATIVE))
                .map(AcceptedDomain::name);
    }
}
