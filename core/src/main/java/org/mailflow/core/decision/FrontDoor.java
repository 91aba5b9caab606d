package org.mailflow.core.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.decision.Attribution.Evidence;
import org.mailflow.core.decision.Attribution.Originating;
import org.mailflow.core.decision.RecipientDecision.Accepted;
import org.mailflow.core.decision.RecipientDecision.Outcome;
import org.mailflow.core.decision.RecipientDecision.Refused;
import org.mailflow.core.decision.RecipientDecision.Step;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.Organization;
import org.mailflow.core.model.Premises;
import org.mailflow.core.tls.PeerIdentity;

/**
 * Decides one recipient of one SMTP transaction: block list, attribution, partner restriction, relay permission,
 * accepted domain and directory, direct send. What is not expressly permitted is refused.
 */
public final class FrontDoor {

    private final Mailflow mailflow;
    private final Peer peer;
    private final Optional<EmailAddress> sender;
    private final EmailAddress recipient;
    private final List<Step> steps = new ArrayList<>();
    private PeerIdentity identity;

    private FrontDoor(Mailflow mailflow, Peer peer, Optional<EmailAddress> sender, EmailAddress recipient) {
        this.mailflow = mailflow;
        this.peer = peer;
        this.sender = sender;
        this.recipient = recipient;
        this.identity = peer.identity();
    }

    /**
     * Decides a recipient.
     *
     * @param sender empty for the null sender
     */
    public static RecipientDecision decide(
            Mailflow mailflow, Peer peer, Optional<EmailAddress> sender, EmailAddress recipient, Instant now) {
        return new FrontDoor(mailflow, peer, sender, recipient).decide(now);
    }

    private RecipientDecision decide(Instant now) {
        ConnectionFilter.Result filtered = ConnectionFilter.judge(mailflow, peer.clientIp(), now);
        steps.add(new Step("connection filter", word(filtered.verdict()), filtered.reason()));
        Attribution attribution = Attributor.attribute(mailflow, peer, sender, recipient);
        steps.add(new Step("attribution", word(attribution), attribution.reason()));
        if (attribution instanceof Originating originating) {
            identity = originating.identity();
        }
        Resolution resolution = RecipientResolver.resolveRecipient(mailflow, recipient);
        steps.add(new Step("recipient", RouteNames.word(resolution.location()), resolution.reason()));
        Outcome outcome = filtered.verdict() == ConnectionFilter.Verdict.BLOCKED
                ? new Refused(Reply.blocked(peer.clientIp().toString()), filtered.reason())
                : judge(attribution, resolution);
        return new RecipientDecision(steps, attribution, resolution, outcome, identity);
    }

    private Outcome judge(Attribution attribution, Resolution resolution) {
        return attribution instanceof Originating originating
                ? senderRights(originating)
                        .or(() -> relay(originating, resolution))
                        .or(() -> fromOutside(originating, resolution))
                        .or(() -> existence(resolution))
                        .orElseGet(Accepted::new)
                : anonymous(resolution).or(() -> existence(resolution)).orElseGet(Accepted::new);
    }

    /** A user sends as himself: in any address that resolves to his mailbox. */
    private Optional<Outcome> senderRights(Originating originating) {
        if (originating.evidence() != Evidence.AUTHENTICATION) {
            return Optional.empty();
        }
        EmailAddress user = peer.authenticatedUser().orElseThrow();
        Resolution own = RecipientResolver.resolveRecipient(mailflow, user);
        Optional<Resolution> named = sender.map(address -> RecipientResolver.resolveRecipient(mailflow, address));
        boolean himself = named.filter(
                        resolution -> resolution.deliveryAddress().equals(own.deliveryAddress()))
                .isPresent();
        if (himself) {
            return Optional.empty();
        }
        return Stream.concat(Stream.of(own), named.stream())
                .filter(resolution -> resolution.location() instanceof RecipientLocation.Unavailable)
                .findFirst()
                .map(unavailable -> refused("sender rights", Reply.DIRECTORY_UNAVAILABLE, unavailable.reason()))
                .orElseGet(() ->
                        refused("sender rights", Reply.SEND_AS_DENIED, Reason.of(user + " is not " + senderText())));
    }

    /** The two rules of relaying: an accepted domain as sender, or a verified certificate. */
    private Optional<Outcome> relay(Originating originating, Resolution resolution) {
        Organization organization = originating.organization();
        if (resolution.organization().isPresent()) {
            return Optional.empty();
        }
        boolean ownSender = sender.map(EmailAddress::domain)
                .filter(domain -> mailflow.owns(organization, domain))
                .isPresent();
        if (ownSender || originating.evidence() == Evidence.CERTIFICATE) {
            String why = ownSender
                    ? senderText() + " is in an accepted domain of " + organization.name()
                    : "the peer proved its certificate";
            steps.add(new Step("relay", "permitted", Reason.of(why)));
            return Optional.empty();
        }
        return refused(
                "relay",
                Reply.TENANT_ATTRIBUTION,
                Reason.of(senderText() + " is in no accepted domain of " + organization.name()
                        + ", and the peer proved no certificate"));
    }

    /** To another organization of this server, an organization's mail is as anybody's: it must not pass for its own. */
    private Optional<Outcome> fromOutside(Originating originating, Resolution resolution) {
        return resolution
                .organization()
                .filter(receiver ->
                        !receiver.name().equals(originating.organization().name()))
                .flatMap(receiver -> anonymous(resolution));
    }

    private Optional<Outcome> anonymous(Resolution resolution) {
        if (resolution.accepted().isEmpty()) {
            return refused(
                    "relay",
                    isCloud() ? Reply.RELAY_ACCESS_DENIED : Reply.UNABLE_TO_RELAY,
                    Reason.of(recipient.domain() + " is no accepted domain, and mail from outside is not relayed"));
        }
        Mailflow.Accepted accepted = resolution.accepted().get();
        Optional<DomainName> senderDomain = sender.map(EmailAddress::domain);
        PartnerRestrictions.Verdict verdict = PartnerRestrictions.judge(accepted, peer, senderDomain);
        if (verdict instanceof PartnerRestrictions.Unmet unmet) {
            return refused("partner restriction", unmet.reply(), unmet.reason());
        }
        if (verdict instanceof PartnerRestrictions.Met met) {
            identity = met.identity();
            steps.add(new Step("partner restriction", "met", met.reason()));
        }
        boolean inOurName = senderDomain
                .filter(domain -> mailflow.owns(accepted.organization(), domain))
                .isPresent();
        if (accepted.organization().rejectDirectSend() && inOurName) {
            return refused(
                    "direct send",
                    Reply.DIRECT_SEND,
                    Reason.of(
                            senderText() + " is in our name, and "
                                    + accepted.organization().name() + " refuses direct send",
                            accepted.organization().location()));
        }
        return Optional.empty();
    }

    /** Whoever is only another name exists where the one behind it does: an alias, or that of a whole domain. */
    private Optional<Outcome> existence(Resolution resolution) {
        Resolution end = Expander.endOf(mailflow, resolution);
        boolean nobody = end.location() instanceof RecipientLocation.Unknown
                || (end.location() instanceof RecipientLocation.Group group
                        && group.members().isEmpty());
        if (nobody) {
            return refused("edge blocking", Reply.RECIPIENT_REJECTED, end.reason());
        }
        return end.location() instanceof RecipientLocation.Unavailable
                ? refused("edge blocking", Reply.DIRECTORY_UNAVAILABLE, end.reason())
                : Optional.empty();
    }

    private Optional<Outcome> refused(String question, Reply reply, Reason reason) {
        steps.add(new Step(question, reply.toString(), reason));
        return Optional.of(new Refused(reply, reason));
    }

    private boolean isCloud() {
        return mailflow.organizations().stream().allMatch(organization -> organization.premises() == Premises.CLOUD);
    }

    private String senderText() {
        return sender.map(EmailAddress::toString).orElse("<>");
    }

    private static String word(ConnectionFilter.Verdict verdict) {
        return switch (verdict) {
            case ALLOWED -> "allowed";
            case BLOCKED -> "blocked";
            case NEUTRAL -> "neutral";
        };
    }

    private static String word(Attribution attribution) {
        return attribution
                .originator()
                .map(organization -> "originating, " + organization.name())
                .orElse("incoming, anonymous");
    }
}
