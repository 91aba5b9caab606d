package org.mailflow.core.decision;

import java.time.Instant;
import java.util.Optional;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.decision.Attribution.Evidence;
import org.mailflow.core.decision.Attribution.Originating;
import org.mailflow.core.decision.RecipientDecision.Refused;
import org.mailflow.core.model.InboundConnector;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.Organization;

/**
 * One SMTP transaction, from MAIL FROM to the end of DATA, decided on one snapshot. The first accepted recipient fixes
 * whose mail it is; a recipient for whom it would be somebody else's mail needs a transaction of its own. Nothing of it
 * outlives the transaction. Used by one thread at a time.
 */
public final class Transaction {

    private final Mailflow mailflow;
    private final Peer peer;
    private final Optional<EmailAddress> sender;
    private Optional<Attribution> attribution = Optional.empty();

    /**
     * Begins a transaction.
     *
     * @param sender empty for the null sender
     */
    public Transaction(Mailflow mailflow, Peer peer, Optional<EmailAddress> sender) {
        this.mailflow = mailflow;
        this.peer = peer;
        this.sender = sender;
    }

    /** The snapshot that decides. */
    public Mailflow mailflow() {
        return mailflow;
    }

    /** The other end. */
    public Peer peer() {
        return peer;
    }

    /** MAIL FROM; empty for the null sender. */
    public Optional<EmailAddress> sender() {
        return sender;
    }

    /** Decides a recipient. */
    public RecipientDecision decide(EmailAddress recipient, Instant now) {
        RecipientDecision decision = FrontDoor.decide(mailflow, peer, sender, recipient, now);
        if (!decision.isAccepted()) {
            return decision;
        }
        if (attribution.isEmpty()) {
            attribution = Optional.of(decision.attribution());
            return decision;
        }
        Optional<String> first = attribution.get().originator().map(Organization::name);
        Optional<String> here = decision.attribution().originator().map(Organization::name);
        return first.equals(here)
                ? decision
                : new RecipientDecision(
                        decision.steps(),
                        decision.attribution(),
                        decision.resolution(),
                        new Refused(
                                Reply.SEPARATE_TRANSACTION,
                                Reason.of("the mail is "
                                        + first.map(name -> "originating, " + name)
                                                .orElse("incoming") + " for its first recipient, but not for "
                                        + recipient)));
    }

    /**
     * What the spool is told.
     *
     * @throws IllegalStateException where no recipient was accepted
     */
    public Stamp stamp(Instant now) {
        Attribution whose =
                attribution.orElseThrow(() -> new IllegalStateException("no recipient of this mail was accepted"));
        Optional<InboundConnector> connector =
                whose instanceof Originating originating ? originating.connector() : Optional.empty();
        boolean allowListed =
                ConnectionFilter.judge(mailflow, peer.clientIp(), now).verdict() == ConnectionFilter.Verdict.ALLOWED;
        return new Stamp(
                mailflow.generation(),
                peer.clientIp(),
                peer.tls(),
                peer.identity(),
                whose.originator().map(Organization::name),
                connector.map(InboundConnector::name),
                whose.originator().isPresent() ? Directionality.ORIGINATING : Directionality.INCOMING,
                whose instanceof Originating originating && isInternal(originating),
                allowListed);
    }

    /**
     * Mail inside of the organization: of an authenticated user, or of a connector that is told to treat it so, in one
     * of our own domains (decision D12). That the other premises brought it proves nothing: it may forward mail from
     * the internet.
     */
    private boolean isInternal(Originating originating) {
        boolean treatedAsInternal = originating
                .connector()
                .filter(InboundConnector::treatMessagesAsInternal)
                .isPresent();
        return originating.evidence() == Evidence.AUTHENTICATION
                || (treatedAsInternal && isOwnSender(originating.organization()));
    }

    private boolean isOwnSender(Organization organization) {
        return sender.map(EmailAddress::domain)
                .filter(domain -> mailflow.owns(organization, domain))
                .isPresent();
    }
}
