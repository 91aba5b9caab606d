package org.mailflow.core.decision;

import java.util.Optional;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.decision.RecipientLocation.MailboxHere;
import org.mailflow.core.model.CentralizedTransportEgress;
import org.mailflow.core.model.ConnectorType;
import org.mailflow.core.model.InboundConnector;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.Organization;
import org.mailflow.core.model.OutboundConnector;
import org.mailflow.core.model.OutboundConnectors;
import org.mailflow.core.model.Premises;

/**
 * Centralized mail transport (cmdlet parameter RouteAllMessagesViaOnPremises; flows F2 and F6): the cloud hands all mail
 * to on-premises first, but for mail inside of the organization's cloud, and for mail that came from on-premises
 * (decision D5): on-premises has seen that already, and it would go in circles.
 */
final class CentralizedTransport {

    /** What it says of a mail. */
    sealed interface Verdict {}

    /** The organization has none. */
    record Off() implements Verdict {}

    /**
     * It leaves the mail alone.
     *
     * @param why in words
     */
    record Exempt(String why) implements Verdict {}

    /**
     * It takes the mail.
     *
     * @param organization whose
     * @param connector to on-premises
     */
    record Via(Organization organization, OutboundConnector connector) implements Verdict {}

    private CentralizedTransport() {}

    /**
     * Judges a mail for one organization.
     *
     * @param stamp empty for mail that this server made
     */
    static Verdict judge(Organization organization, Optional<Stamp> stamp) {
        Optional<OutboundConnector> connector = connector(organization);
        if (connector.isEmpty()) {
            return new Off();
        }
        return stamp.filter(mail -> isFrom(organization, mail))
                .flatMap(Stamp::connector)
                .<Verdict>map(inbound -> new Exempt("centralized mail transport leaves it alone: inbound connector '"
                        + inbound + "' brought it from on-premises"))
                .orElseGet(() -> new Via(organization, connector.get()));
    }

    private static boolean isFrom(Organization organization, Stamp stamp) {
        return stamp.organization()
                .filter(organization.name()::equalsIgnoreCase)
                .isPresent();
    }

    private static Optional<OutboundConnector> connector(Organization organization) {
        if (organization.premises() != Premises.CLOUD) {
            return Optional.empty();
        }
        return organization.outboundConnectors().all().stream()
                .filter(connector -> connector.enabled()
                        && connector.routeAllMessagesViaOnPremises()
                        && connector.connectorType() == ConnectorType.ON_PREMISES
                        && !connector.isTransportRuleScoped())
                .min(OutboundConnectors.BETWEEN_EQUALS);
    }

    /**
     * The reroute of a recipient whom on-premises is to look up, in one copy with the others: of everybody else's mail for
     * the organization (F2), and of its own mail to anybody else.
     *
     * @param originator whose mail it is; empty for incoming mail
     * @param stamp empty for mail that this server made
     * @return empty where the recipient is to be looked up here
     */
    static Optional<Via> unsplit(
            Mailflow mailflow, EmailAddress recipient, Optional<Organization> originator, Optional<Stamp> stamp) {
        Optional<Organization> owner = mailflow.accepted(recipient.domain()).map(Mailflow.Accepted::organization);
        if (originator.isPresent() && owner.filter(originator.get()::equals).isPresent()) {
            return Optional.empty();
        }
        Optional<Via> senders = originator.flatMap(organization -> via(organization, stamp));
        Optional<Via> receivers = stamp.isPresent() ? owner.flatMap(whose -> via(whose, stamp)) : Optional.empty();
        return senders.or(() -> receivers);
    }

    /** The reroute of a recipient of the organization's own mail, after he was looked up; empty where he goes his own way. */
    static Optional<Via> ofOwnMail(Optional<Organization> originator, Optional<Stamp> stamp, Resolution recipient) {
        return recipient.location() instanceof MailboxHere
                ? Optional.empty()
                : originator.flatMap(organization -> via(organization, stamp));
    }

    private static Optional<Via> via(Organization organization, Optional<Stamp> stamp) {
        return judge(organization, stamp) instanceof Via via ? Optional.of(via) : Optional.empty();
    }

    /** What is to be told of a recipient whom it might have taken and does not; empty where there is nothing to tell. */
    static Optional<String> exception(Optional<Organization> originator, Optional<Stamp> stamp, Resolution recipient) {
        return originator.flatMap(organization -> {
            Verdict verdict = judge(organization, stamp);
            if (verdict instanceof Exempt exempt) {
                return Optional.of(exempt.why());
            }
            return verdict instanceof Via && recipient.location() instanceof MailboxHere
                    ? Optional.of("centralized mail transport leaves mail inside of the cloud organization alone")
                    : Optional.empty();
        });
    }

    /**
     * On-premises, where such mail is to leave by the cloud (decision D4): the connector back. Only mail goes back that the
     * cloud brought for somebody outside; the cloud does not hand it over a second time.
     */
    static Optional<OutboundConnector> egress(
            Optional<Organization> originator, Optional<Stamp> stamp, Resolution recipient) {
        return originator
                .filter(organization -> organization.premises() == Premises.ON_PREMISES
                        && organization.hybrid().egress() == CentralizedTransportEgress.CLOUD
                        && recipient.location() instanceof RecipientLocation.External
                        && cameFromTheCloud(organization, stamp))
                .flatMap(organization -> organization
                        .hybrid()
                        .targetDeliveryDomain()
                        .flatMap(domain -> organization.outboundConnectors().select(domain, false)))
                .map(OutboundConnectors.Selection::connector);
    }

    private static boolean cameFromTheCloud(Organization organization, Optional<Stamp> stamp) {
        return stamp.filter(mail -> isFrom(organization, mail))
                .flatMap(Stamp::connector)
                .flatMap(organization::inboundConnector)
                .filter(InboundConnector::cloudServicesMailEnabled)
                .isPresent();
    }
}
